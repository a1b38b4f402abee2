import type { LinePair } from './alignLines.ts';
import { type CodeLine, isCloser, isElision, isImport, isPreamble } from './codeLines.ts';

/** Where a declaration has another name than the code's, most lines have to be the same: it was renamed. */
export const renamedShare = 0.6;

interface Head {
  /** The first line of the file that goes. */
  first: number;
  lines: readonly CodeLine[];
  /** Lines for the top of the file. */
  imports: readonly CodeLine[];
}

/** What to do with the code before the first line that is the file's. */
export function headOf(
  head: readonly CodeLine[],
  start: LinePair,
  pairs: readonly LinePair[],
  code: readonly CodeLine[],
  file: readonly CodeLine[],
  shift: number,
): Head | undefined {
  const gap = head.findLastIndex(line => isElision(line.content));
  const apart = head.slice(0, Math.max(gap, 0)).filter(line => line.weight > 0 && !isElision(line.content));
  if (!apart.every(line => isImport(line.content))) return undefined;
  const lines = withoutBlankStart(head.slice(gap + 1));
  const written = lines.filter(line => line.weight > 0);
  // New imports stand above the code that needs them; in the file others are above that code already.
  if (written.length > 0 && written.every(line => isImport(line.content)) && start.file > lastImport(file)) {
    return { first: start.file, lines: [], imports: [...apart, ...written] };
  }
  const level = code[start.code]?.level ?? 0;
  const outer = Math.min(...written.map(line => line.level));
  let first = start.file;
  if (written.length > 0 && outer < level) {
    // The code's own opening line is not the file's: it was renamed, which needs the body as proof.
    const same = pairs.filter(pair => pair.isSame && code[pair.code]?.weight === 1).length;
    if (same < renamedShare * code.filter(line => line.weight === 1).length) return undefined;
    first = file.findLastIndex((line, at) => at < start.file && line.weight > 0 && line.level <= outer + shift);
    if (first === -1) return undefined;
  }
  if (written.some(line => isPreamble(line.content))) {
    while (first > 0 && isPreamble(file[first - 1]?.content ?? '')) first -= 1;
  }
  return { first, lines, imports: apart };
}

interface Between {
  before: readonly CodeLine[];
  /** Lines of the file. */
  kept: readonly CodeLine[];
  after: readonly CodeLine[];
}

/** What stands between two lines of both: the code's lines, and those of the file that it has left out. */
export function betweenOf(
  code: readonly CodeLine[],
  file: readonly CodeLine[],
  from: LinePair,
  to: LinePair,
  shift: number,
): Between | undefined {
  const ours = code.slice(from.code + 1, to.code);
  const theirs = file.slice(from.file + 1, to.file);
  const elisions = ours.flatMap((line, index) => (isElision(line.content) ? [index] : []));
  const [first] = elisions;
  if (first !== undefined) {
    const last = elisions.at(-1) ?? first;
    // What stands between two gaps could belong anywhere.
    if (ours.slice(first, last).some(line => line.weight > 0 && !isElision(line.content))) return undefined;
    return {
      before: withoutBlankEnds(ours.slice(0, first)),
      kept: theirs,
      after: withoutBlankEnds(ours.slice(last + 1)),
    };
  }
  return betweenBlocks(ours, theirs, to, code, shift) ?? { before: ours, kept: [], after: [] };
}

/**
 * The same where `to` begins another block of the code, such as the second of two functions: that says nothing about
 * what stands between the two in the file. Undefined where it begins none.
 */
function betweenBlocks(
  ours: readonly CodeLine[],
  theirs: readonly CodeLine[],
  to: LinePair,
  code: readonly CodeLine[],
  shift: number,
): Between | undefined {
  const base = baseOf(code);
  if ((code[to.code]?.level ?? 0) > base) return undefined;
  const blank = ours.findLastIndex(line => line.weight === 0);
  const preamble = ours.slice(blank + 1);
  if (blank === -1 || !preamble.every(line => line.level === base && isPreamble(line.content))) return undefined;
  const first = theirs.findIndex(line => line.weight > 0 && line.level <= base + shift);
  if (first === -1) return undefined;
  // What is deeper, and the bracket behind it, is the rest of the block before.
  const end = first > 0 && isCloser(theirs[first]?.content ?? '') ? first + 1 : first;
  const kept = preamble.length === 0 ? theirs.slice(end) : withoutPreamble(theirs.slice(end));
  if (kept.every(line => line.weight === 0)) return undefined;
  const between = end > 0 || first > 0 ? theirs.slice(withoutBlankEnd(theirs.slice(0, end)).length, end) : [];
  return { before: withoutBlankEnd(ours.slice(0, blank)), kept: [...between, ...kept], after: preamble };
}

function withoutPreamble(lines: readonly CodeLine[]): readonly CodeLine[] {
  return lines.slice(0, lines.findLastIndex(line => !isPreamble(line.content)) + 1);
}

function baseOf(code: readonly CodeLine[]): number {
  return Math.min(...code.filter(line => line.weight > 0).map(line => line.level));
}

interface Tail {
  /** The first line of the file that stays. */
  last: number;
  lines: readonly CodeLine[];
  /** Lines of the file between those of the code, and the lines after them. */
  kept: readonly CodeLine[];
  after: readonly CodeLine[];
}

/** What to do with the code after the last line that is the file's. */
export function tailOf(
  tail: readonly CodeLine[],
  end: LinePair,
  code: readonly CodeLine[],
  file: readonly CodeLine[],
  shift: number,
): Tail | undefined {
  const gap = tail.findIndex(line => isElision(line.content));
  if (gap !== -1) return tailBehindGap(tail, gap, end, file, shift);
  const lines = withoutBlankEnd(tail);
  return { last: endOfReplaced(lines, end, code, file, shift), lines, kept: [], after: [] };
}

/** Code behind a gap stands where the block that it is in ends. */
function tailBehindGap(
  tail: readonly CodeLine[],
  gap: number,
  end: LinePair,
  file: readonly CodeLine[],
  shift: number,
): Tail | undefined {
  const lines = withoutBlankEnd(tail.slice(0, gap));
  const last = tail.findLastIndex(line => isElision(line.content));
  if (tail.slice(gap, last).some(line => line.weight > 0 && !isElision(line.content))) return undefined;
  const after = withoutBlankEnds(tail.slice(last + 1).filter(line => !isCloser(line.content)));
  const afterEnd = end.file + 1;
  const first = after.find(line => line.weight > 0);
  if (!first) return { last: afterEnd, lines, kept: [], after: [] };
  const outside = file.findIndex((line, at) => at > end.file && line.weight > 0 && line.level < first.level + shift);
  const kept = withoutBlankEnd(file.slice(afterEnd, outside === -1 ? file.length : outside));
  return {
    last: afterEnd + kept.length,
    lines,
    kept,
    after: tail.slice(tail.indexOf(first)).filter(line => after.includes(line)),
  };
}

/** The first line of the file that stays behind the last lines of the code, which are not the file's. */
function endOfReplaced(
  lines: readonly CodeLine[],
  end: LinePair,
  code: readonly CodeLine[],
  file: readonly CodeLine[],
  shift: number,
): number {
  const level = code[end.code]?.level ?? 0;
  const firstOutside = (depth: number): number => {
    const at = file.findIndex((line, index) => index > end.file && line.weight > 0 && line.level <= depth);
    return at === -1 ? file.length : at;
  };
  const closer = lines.at(-1);
  const inner = lines.slice(0, -1).filter(line => line.weight > 0);
  if (closer && isCloser(closer.content) && level >= closer.level && inner.every(line => line.level > closer.level)) {
    const outside = firstOutside(closer.level + shift);
    if (file[outside]?.content === closer.content) return outside + 1;
  }
  // A block that ends by its indentation: all of the old one goes.
  const isDeeper = (lines.find(line => line.weight > 0)?.level ?? 0) > level;
  const outer = isDeeper ? level : levelOfFunction(code, end.code, level);
  if (outer === undefined) return end.file + 1;
  return end.file + 1 + withoutBlankEnd(file.slice(end.file + 1, firstOutside(outer + shift))).length;
}

/** The level of the function around the code's last lines, in languages where its end has no mark. */
function levelOfFunction(code: readonly CodeLine[], index: number, level: number): number | undefined {
  const opener = code.findLast((line, at) => at < index && line.weight > 0 && line.level < level);
  return opener && /^(?:async )?def .*:$/.test(opener.content) ? opener.level : undefined;
}

export function lastImport(file: readonly CodeLine[]): number {
  return file.findLastIndex(line => isImport(line.content) && line.level === 0);
}

function withoutBlankEnds(lines: readonly CodeLine[]): readonly CodeLine[] {
  return withoutBlankStart(withoutBlankEnd(lines));
}

function withoutBlankStart(lines: readonly CodeLine[]): readonly CodeLine[] {
  const first = lines.findIndex(line => line.weight > 0);
  return first === -1 ? [] : lines.slice(first);
}

function withoutBlankEnd(lines: readonly CodeLine[]): readonly CodeLine[] {
  return lines.slice(0, lines.findLastIndex(line => line.weight > 0) + 1);
}
