/**
 * What is looked for: each word must be there; words in quotation marks belong together. Empty for nothing but spaces.
 */
export function searchTerms(query: string): string[] {
  const terms: string[] = [];
  for (const [, quoted, word] of query.matchAll(/["“”]([^"“”]+)["“”]|([^\s"“”]+)/g)) {
    const term = (quoted ?? word ?? '').trim();
    if (term !== '' && !terms.includes(term)) terms.push(term);
  }
  return terms;
}

/** What finds each term in a text, whatever its case. */
export function patternsOf(terms: readonly string[]): RegExp[] {
  return terms.map(term => new RegExp(term.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu'));
}

export function holdsAll(text: string, patterns: readonly RegExp[]): boolean {
  return patterns.every(pattern => pattern.test(text));
}

/** What SQLite’s LIKE finds the term with, in a text of which it is any part; `\\` is the ESCAPE. */
export function likePattern(term: string): string {
  return `%${term.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Whether the term has no letters of two cases but those of ASCII: SQLite’s LIKE knows no other. */
export function hasSimpleCase(term: string): boolean {
  return Array.from(term).every(character => {
    const isAscii = character <= '\u007f';
    return isAscii || character.toLowerCase() === character.toUpperCase();
  });
}

/** UTF-16 code units of text on each side of what was found. */
const around = 40;

/** The text around the first of the patterns that it holds, in one line. `cutBefore` characters stand before the text. */
export function snippetOf(text: string, patterns: readonly RegExp[], cutBefore = 0): string {
  const at = patterns.map(pattern => text.search(pattern)).find(index => index !== -1) ?? 0;
  const start = Math.max(0, at - around);
  const end = Math.min(text.length, at + 2 * around);
  const line = text.slice(start, end).replace(/\s+/g, ' ').trim();
  return `${start + cutBefore > 0 ? '…' : ''}${line}${end < text.length ? '…' : ''}`;
}

/**
 * Where a text holds the terms, as pairs of where each begins and where it ends, in UTF-16 code units: in their order, and
 * none within another.
 */
export function marksIn(text: string, terms: readonly string[]): number[] {
  // A line that is shown has one space where the text may have had several, or a line break.
  const patterns = patternsOf(terms.map(term => term.replace(/\s+/g, ' ')));
  const found = patterns
    .flatMap(pattern => Array.from(text.matchAll(new RegExp(pattern, `g${pattern.flags}`))))
    .map(({ 0: held, index }): [number, number] => [index, index + held.length])
    .toSorted(([one], [other]) => one - other);
  const marks: number[] = [];
  for (const [start, end] of found) {
    const last = marks.at(-1);
    if (last !== undefined && start <= last) marks[marks.length - 1] = Math.max(last, end);
    else marks.push(start, end);
  }
  return marks;
}
