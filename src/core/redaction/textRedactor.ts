import { cutEscapeAt, readEscapes } from './jsonEscapes.ts';
import { longestBegun, prefixes, vendorKey, vendorKeyBegun, vendorStarts } from './keyForms.ts';
import { includesRare, type RareText, rareText } from './rareCharacter.ts';

/** What stands in the place of a key. */
export const keyMark = '[key]';

/** Characters: the longest part of a key that may be seen, and the shortest key that counts as a secret. */
export const shortestSecret = 8;

/** How much of the key in use tells that it may have begun. */
const ownStart = 4;

interface StartPiece {
  text: string;
  /** Whether it counts at the start of a word only. */
  beginsWord: boolean;
}

/** What is the same for every key, made once: each request makes a search of its own. */
const vendors = {
  start: vendorStarts.map(escaped).join('|'),
  starts: [...vendorStarts, String.raw`\u00`].map(rareText),
  begun: new RegExp(vendorKeyBegun, 'g'),
  ends: endsOf(prefixes(vendorStarts).map(text => ({ text, beginsWord: true }))),
};
// An escape that is cut.
for (const character of '\\u0') vendors.ends[character.charCodeAt(0)] ??= [];

/** By the code of a last character. */
type StartEnds = (readonly StartPiece[] | undefined)[];

/** What to look for, made once for a key. */
export class KeySearch {
  readonly key: string;
  /** The start of a key, or an escape that may stand for a character of one. Nearly no text has any. */
  readonly start: RegExp;
  /** What `start` finds, as texts: for the chunks of a stream, which are long. */
  readonly starts: readonly RareText[];
  /** A whole key. */
  readonly whole: RegExp;
  /** At a text's end, what more characters can make a vendor's key of. */
  readonly begun = vendors.begun;
  /**
   * What `start` finds, cut short, by the code of its last character: a text that ends with such a piece may go on as a
   * key. Where only an escape ends with the character, there is an empty list.
   */
  readonly ends: StartEnds;
  /** Whether a key was taken out of a text that was read: in pieces or under escapes it may stand in the bytes, too. */
  hasFound = false;

  /** `key`: the one in use; empty where there is none, or none that is a secret. */
  constructor(key: string) {
    this.key = key;
    const own = key === '' ? [] : [key.slice(0, ownStart)];
    const unlikeVendors = own.filter(start => !vendorStarts.some(vendor => start.startsWith(vendor)));
    const slashes = key.includes('/') ? [String.raw`\/`] : [];
    const texts = [...unlikeVendors, ...slashes];
    this.start = new RegExp(String.raw`${[vendors.start, ...texts.map(escaped)].join('|')}|\\u00[2-7]`);
    this.starts = [...texts.map(rareText), ...vendors.starts];
    this.whole = new RegExp(key === '' ? vendorKey : `${escaped(key)}|${vendorKey}`, 'g');
    this.ends = endsOf(
      prefixes(own).map(text => ({ text, beginsWord: false })),
      vendors.ends,
    );
  }

  /** How many characters at the end of a text without a `start` may become one. */
  endOf(text: string): number {
    const pieces = this.ends[text.charCodeAt(text.length - 1)];
    if (!pieces) return 0;
    let longest = 0;
    for (const { text: piece, beginsWord } of pieces) {
      const { length } = piece;
      if (length <= longest || !text.endsWith(piece)) continue;
      if (!beginsWord || !isLetterOrDigit(text.charCodeAt(text.length - length - 1))) longest = length;
    }
    return longest;
  }

  /** Where the longest end of `text` begins that is the start of the key; the text's length where none is. */
  keyBegunAt(text: string, from: number): number {
    const first = this.key.charAt(0);
    if (first === '') return text.length;
    const earliest = Math.max(from, text.length - this.key.length + 1);
    for (let at = text.indexOf(first, earliest); at !== -1; at = text.indexOf(first, at + 1)) {
      if (this.key.startsWith(text.slice(at))) return at;
    }
    return text.length;
  }

  /** Where an end of `text` begins that may become a key; the text's length where none does. */
  begunAt(text: string, from: number): number {
    this.begun.lastIndex = Math.max(from, text.length - longestBegun);
    const vendor = this.begun.exec(text)?.index ?? text.length;
    return Math.min(vendor, this.keyBegunAt(text, from));
  }
}

/** `pieces` by their last characters, beside what is in `known`. */
function endsOf(pieces: readonly StartPiece[], known: StartEnds = []): StartEnds {
  const ends = [...known];
  for (const piece of pieces) {
    const code = piece.text.charCodeAt(piece.text.length - 1);
    ends[code] = [...(ends[code] ?? []), piece];
  }
  return ends;
}

/**
 * Looks at the stream that texts are read from, chunk by chunk, which costs next to nothing: as long as nothing in it may
 * begin a key, the many pieces that are read from it need no search of their own, only a look at their ends.
 */
export class StreamScreen {
  /** Whether pieces have to be searched: where the stream is not looked at, and from the first finding on. */
  isAlert = true;
  readonly #starts: readonly RareText[];
  #before = '';

  constructor({ starts }: KeySearch) {
    this.#starts = starts;
  }

  /** From here on every text that is read has been told to `see` before. */
  begin(): void {
    this.isAlert = false;
  }

  see(chunk: string): void {
    if (this.isAlert) return;
    const seam = this.#before + chunk.slice(0, longestStart);
    this.isAlert = this.#starts.some(start => includesRare(chunk, start) || includesRare(seam, start));
    this.#before = (this.#before + chunk.slice(-longestStart)).slice(-longestStart);
  }
}

/** Characters: longer than whatever `start` finds. */
const longestStart = 8;

/**
 * Takes keys out of a text that comes in pieces, whichever way it is cut: plain, or written with JSON's escapes. Of a
 * piece only an end is held back that may become a key with what follows; all else is handed on at once.
 */
export class TextRedactor {
  readonly #search: KeySearch;
  readonly #screen: Pick<StreamScreen, 'isAlert'>;
  #held = '';
  /** What was handed on last: whether a word begins behind it decides about what follows. */
  #previous = '';
  /** Whether the text's end is a vendor's key, the rest of which is still coming. */
  #inKey = false;
  /** Whether the next piece goes on with something: a held end or a key. */
  #isOpen = false;

  constructor(search: KeySearch, screen: Pick<StreamScreen, 'isAlert'> = { isAlert: true }) {
    this.#search = search;
    this.#screen = screen;
  }

  /** What may be handed on of the held end and `piece`, which is not empty. */
  append(piece: string): string {
    // One of these looks is all that nearly every piece costs, and code that is not compiled yet pays for each.
    if (this.#isOpen || this.#screen.isAlert || this.#search.ends[piece.charCodeAt(piece.length - 1)] !== undefined) {
      return this.#appendCarefully(piece);
    }
    this.#previous = piece;
    return piece;
  }

  #appendCarefully(piece: string): string {
    const text = this.#held + piece;
    // Otherwise the screen has seen that nothing begins in the piece.
    const mayHoldStart = this.#isOpen || this.#screen.isAlert;
    const hasStart = mayHoldStart && (this.#inKey || this.#search.start.test(text));
    const out = hasStart ? this.#take(text) : this.#withoutEnd(text);
    this.#isOpen = this.#inKey || this.#held !== '';
    return out;
  }

  /** A text in which no key begins, but for its end. */
  #withoutEnd(text: string): string {
    const cutAt = cutEscapeAt(text);
    const before = cutAt === text.length ? text : text.slice(0, cutAt);
    const end = this.#search.endOf(before);
    // A key may go on with the escape that is cut: that takes a closer look.
    if (end > 0 && before !== text) return this.#take(text);
    const out = end === 0 ? before : text.slice(0, -end);
    this.#held = text.slice(out.length);
    if (out !== '') this.#previous = out;
    return out;
  }

  /** The text has ended: what was held back, but for a key that was cut. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    this.#previous = '';
    this.#inKey = false;
    this.#isOpen = false;
    if (held === '') return '';
    const read = readEscapes(held.slice(0, cutEscapeAt(held)));
    const start = this.#search.keyBegunAt(read.text, 0);
    if (read.text.length - start < shortestSecret) return held;
    this.#search.hasFound = true;
    return held.slice(0, read.writtenAt(start)) + keyMark;
  }

  #take(written: string): string {
    const cutAt = cutEscapeAt(written);
    const read = readEscapes(written.slice(0, cutAt));
    // The character before, so that the search sees where words begin.
    const text = lastCharacter(this.#previous) + read.text;
    const slice = (from: number, to: number): string =>
      written.slice(read.writtenAt(from - 1), to === text.length ? cutAt : read.writtenAt(to - 1));
    const search = this.#search;
    let done = this.#inKey ? endOfWord(text, 1) : 1;
    this.#inKey &&= done === text.length;
    const ownBegun = search.keyBegunAt(text, done);
    let out = '';
    search.whole.lastIndex = done;
    for (let match = search.whole.exec(text); match && match.index < ownBegun; match = search.whole.exec(text)) {
      out += slice(done, match.index) + keyMark;
      search.hasFound = true;
      done = match.index + match[0].length;
      this.#inKey = done === text.length && match[0] !== search.key;
    }
    const hold = this.#inKey ? text.length : search.begunAt(text, done);
    out += slice(done, hold);
    this.#previous = text.slice(0, hold);
    this.#held = hold === text.length ? written.slice(cutAt) : written.slice(read.writtenAt(hold - 1));
    return out;
  }
}

/** A space where there is none, or where it ends an escape that stands between words. */
function lastCharacter(text: string): string {
  return readEscapes(text.slice(-2)).text.slice(-1) || ' ';
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[A-Za-z0-9_-]/.test(text.charAt(at))) at++;
  return at;
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, String.raw`\$&`);
}
