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

export type Location = { found: true; range: QuotePlace } | { found: false; reason: 'notFound' | 'ambiguous' };

/**
 * Where quoted code stands in a text, as whole lines. The quote must occur once: within `preferred` (the lines that
 * were reviewed) if it occurs there, else in the whole text. White space at the ends of lines and the common
 * indentation do not count, since models reindent what they quote; nothing else is forgiven, so that a finding is
 * never pinned to a line that it does not quote.
 */
export function locateQuote(lines: readonly string[], quote: string, preferred?: readonly LineRange[]): Location {
  const wanted = trimBlankEnds(quote.split(/\r?\n/).map(line => line.trim()));
  if (wanted.length === 0) return { found: false, reason: 'notFound' };
  const trimmed = lines.map(line => line.trim());
  const whole = matchesOfLines(trimmed, wanted);
  const matches = whole.length === 0 && wanted.length === 1 ? matchesInLines(lines, wanted[0] ?? '') : whole;
  const inside = matches.filter(match =>
    preferred?.some(range => match.start >= range.start && match.end <= range.end),
  );
  const candidates = inside.length > 0 ? inside : matches;
  const [only, ...others] = candidates;
  if (!only) return { found: false, reason: 'notFound' };
  return others.length === 0 ? { found: true, range: only } : { found: false, reason: 'ambiguous' };
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
function matchesInLines(lines: readonly string[], piece: string): QuotePlace[] {
  if (piece.length < shortestPiece) return [];
  return lines.flatMap((line, number) => {
    const places: QuotePlace[] = [];
    for (let at = line.indexOf(piece); at !== -1; at = line.indexOf(piece, at + piece.length)) {
      places.push({ start: number, end: number, columns: { start: at, end: at + piece.length } });
    }
    return places;
  });
}

function trimBlankEnds(lines: string[]): string[] {
  const first = lines.findIndex(line => line !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(line => line !== '') + 1);
}
