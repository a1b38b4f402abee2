import { newSideOfDiff, withoutFence, withoutLineNumbers } from './plainCode.ts';

export interface LineRange {
  /** 0-based, inclusive. */
  start: number;
  /** 0-based, inclusive. */
  end: number;
}

/** `columns` (0-based, end exclusive) where the quote is a part of one line. */
export interface QuotePlace extends LineRange {
  columns?: { start: number; end: number };
}

export type Location =
  /** `quoted` is the code of the quote, as deep as the quote has it. */
  { found: true; range: QuotePlace; quoted: readonly string[] } | { found: false; reason: 'notFound' | 'ambiguous' };

/**
 * Where quoted code stands in a text, as whole lines. The quote must occur once: within `preferred` (the lines that
 * were reviewed) if it occurs there, else in the whole text. White space at the ends of lines and the common
 * indentation do not count, since models reindent what they quote. Where nothing is found, the quote is read without
 * what models put around code, and then without the blanks inside of lines. Nothing else is forgiven, so that a finding
 * is never pinned to a line that it does not quote.
 */
export function locateQuote(lines: readonly string[], quote: string, preferred?: readonly LineRange[]): Location {
  const [asItIs, ...others] = readingsOf(quote);
  const tries = [
    { readings: asItIs ? [asItIs] : [], compared: byWords },
    { readings: others, compared: byWords },
    { readings: asItIs ? [asItIs, ...others] : [], compared: bySigns },
  ];
  for (const { readings, compared } of tries) {
    for (const quoted of readings) {
      const candidates = preferredOf(matchesOf(lines, quoted, compared), preferred);
      const [only, ...rivals] = candidates;
      if (only)
        return rivals.length === 0 ? { found: true, range: only, quoted } : { found: false, reason: 'ambiguous' };
    }
  }
  return { found: false, reason: 'notFound' };
}

/** What the quote may mean as code, the likeliest first, without blank lines at its ends. */
function readingsOf(quote: string): (readonly string[])[] {
  const asItIs = quote.split(/\r\n|\r|\n/);
  const plain = withoutBlankEnds(withoutFence(asItIs));
  const unnumbered = withoutLineNumbers(plain);
  const readings = [asItIs, plain, unnumbered, newSideOfDiff(plain), newSideOfDiff(unnumbered)].map(withoutBlankEnds);
  const texts = new Set<string>();
  return readings.filter(reading => {
    const text = reading.join('\n');
    const isNew = reading.length > 0 && !texts.has(text);
    texts.add(text);
    return isNew;
  });
}

function preferredOf(matches: QuotePlace[], preferred: readonly LineRange[] | undefined): QuotePlace[] {
  const inside = matches.filter(match =>
    preferred?.some(range => match.start >= range.start && match.end <= range.end),
  );
  return inside.length > 0 ? inside : matches;
}

function matchesOf(lines: readonly string[], quoted: readonly string[], compared: Compared): QuotePlace[] {
  const wanted = quoted.map(line => compared(line).text);
  const whole = matchesOfLines(
    lines.map(line => compared(line).text),
    wanted,
  );
  return whole.length === 0 && wanted.length === 1 ? matchesInLines(lines, wanted[0] ?? '', compared) : whole;
}

function matchesOfLines(lines: readonly string[], wanted: readonly string[]): QuotePlace[] {
  const matches: QuotePlace[] = [];
  for (let start = 0; start + wanted.length <= lines.length; start++) {
    if (wanted.every((want, offset) => lines[start + offset] === want)) {
      matches.push({ start, end: start + wanted.length - 1 });
    }
  }
  return matches;
}

/** Shorter pieces than this stand anywhere by chance. */
const shortestPiece = 4;

/** A quote of a part of one line, such as a single expression. */
function matchesInLines(lines: readonly string[], piece: string, compared: Compared): QuotePlace[] {
  if (piece.length < shortestPiece) return [];
  return lines.flatMap((line, number) => {
    const { text, columnOf } = compared(line);
    const places: QuotePlace[] = [];
    for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + piece.length)) {
      const columns = { start: columnOf(at), end: columnOf(at + piece.length - 1) + 1 };
      places.push({ start: number, end: number, columns });
    }
    return places;
  });
}

/** A line as it is compared, and where in the line each of its characters stands. */
type Compared = (line: string) => { text: string; columnOf: (index: number) => number };

function byWords(line: string): ReturnType<Compared> {
  const indentation = line.length - line.trimStart().length;
  return { text: line.trim(), columnOf: index => index + indentation };
}

/** Without blanks, but for those that part two words. */
function bySigns(line: string): ReturnType<Compared> {
  const columns: number[] = [];
  let text = '';
  for (const { 0: part, index } of line.trimEnd().matchAll(/\s+|\S/gu)) {
    const isBlank = part.trim() === '';
    const parts = /[\p{L}\p{N}_$]$/u.test(text) && /[\p{L}\p{N}_$]/u.test(line[index + part.length] ?? '');
    if (isBlank && !parts) continue;
    const written = isBlank ? ' ' : part;
    for (let offset = 0; offset < written.length; offset++) columns.push(index + offset);
    text += written;
  }
  return { text, columnOf: index => columns[index] ?? line.length };
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex(line => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(line => line.trim() !== '') + 1);
}
