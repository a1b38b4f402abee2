/** A text with its escapes read. */
export interface ReadText {
  text: string;
  /** Where the character at `index` of `text` begins in what was written. */
  writtenAt(index: number): number;
}

/**
 * The escapes under which a character of a key can stand in JSON, and those that stand between words; with more than one
 * backslash they are JSON within a string of JSON.
 */
const escapes = /\\+(?:u00([2-7][0-9A-Fa-f])|([nrtbf"/]))/g;

/** An escape that the text's end has cut, but for the backslashes before it. */
const cutEscape = /\\(?:u(?:0(?:0[2-7]?)?)?)?$/;
const longestCutEscape = 5;

/** `written` as its reader will see it, whether it is JSON or not: for searching, not for showing. */
export function readEscapes(written: string): ReadText {
  if (!written.includes('\\')) return { text: written, writtenAt: index => index };
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let done = 0;
  for (const match of written.matchAll(escapes)) {
    text += written.slice(done, match.index);
    starts.push(text.length);
    text += match[1] !== undefined ? String.fromCharCode(Number.parseInt(match[1], 16)) : match[2] === '/' ? '/' : ' ';
    done = match.index + match[0].length;
    ends.push(done);
  }
  text += written.slice(done);
  return {
    text,
    writtenAt: index => {
      // The last escape that begins before the index: from its end on, the two texts run in step.
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) < index) low = middle + 1;
        else high = middle;
      }
      const start = starts[low - 1];
      const end = ends[low - 1];
      return start === undefined || end === undefined ? index : end + (index - start - 1);
    },
  };
}

/** Where an escape begins that the end of `written` has cut; its length where there is none. */
export function cutEscapeAt(written: string): number {
  const { length } = written;
  if (!written.includes('\\', length - longestCutEscape)) return length;
  const cut = cutEscape.exec(written.slice(-longestCutEscape));
  if (!cut) return length;
  let at = length - cut[0].length;
  while (at > 0 && length - at < mostBackslashes && written.charAt(at - 1) === '\\') at--;
  return at;
}

/** More than nested JSON can have before one escape. */
const mostBackslashes = 64;
