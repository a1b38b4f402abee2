import { type Alignment, alignLines, type LinePair } from './alignLines.ts';
import { type CodeLine, indented, type Indentation, isElision } from './codeLines.ts';
import { betweenOf, headOf, lastImport, renamedShare, tailOf } from './snippetParts.ts';

/** The lines of a file after code was put into it; `first` and `last` (exclusive) are the lines that it replaced. */
export type SnippetPlace =
  { placed: true; lines: string[]; first: number; last: number } | { placed: false; reason: 'notFound' | 'ambiguous' };

/**
 * Where a piece of code belongs in a file: at the lines that it repeats. What stands between two such lines is replaced
 * by what the code has there, unless the code says that something was left out.
 */
export function placeSnippet(
  code: readonly CodeLine[],
  file: readonly CodeLine[],
  indentation: Indentation,
): SnippetPlace {
  const alignment = alignLines(code, file);
  if (!alignment || !isEvident(alignment, code, file)) return { placed: false, reason: 'notFound' };
  if (hasRival(alignment, code, file)) return { placed: false, reason: 'ambiguous' };
  const lines = isWhole(alignment.pairs, code, file)
    ? { first: 0, last: file.length, lines: code.map(line => indented(line, alignment.shift, indentation)) }
    : replaceRegion(alignment, code, file, indentation);
  if (!lines) return { placed: false, reason: 'notFound' };
  return {
    placed: true,
    ...lines,
    lines: [...texts(file.slice(0, lines.first)), ...lines.lines, ...texts(file.slice(lines.last))],
  };
}

/** A part of the code's lines that has to be the file's, for a place that nothing else makes certain. */
const leastShare = 0.25;
/** A rival must be so much worse. */
const rivalShare = 0.9;

function isEvident({ pairs }: Alignment, code: readonly CodeLine[], file: readonly CodeLine[]): boolean {
  const telling = code.filter(line => line.weight === 1 && !isElision(line.content));
  const found = pairs.filter(pair => code[pair.code]?.weight === 1);
  const same = found.filter(pair => pair.isSame);
  const [first] = telling;
  const firstIsFound = found.some(pair => code[pair.code] === first);
  if (first?.declares !== undefined && !firstIsFound) return same.length >= renamedShare * telling.length;
  if (firstIsFound && (same.length > 0 || first?.declares !== undefined)) return true;
  if (same.length >= 2) return same.length >= leastShare * telling.length;
  const [only] = same;
  // One line does where it is long enough not to stand anywhere by chance, and stands there once.
  const content = only && file[only.file]?.content;
  return (
    content !== undefined &&
    content.length >= 12 &&
    found.length >= leastShare * telling.length &&
    file.filter(line => line.content === content).length === 1
  );
}

/** Whether the code fits another part of the file about as well. */
function hasRival({ pairs, score }: Alignment, code: readonly CodeLine[], file: readonly CodeLine[]): boolean {
  const first = pairs[0]?.file ?? 0;
  const last = pairs.at(-1)?.file ?? file.length;
  return [file.slice(0, first), file.slice(last + 1)].some(
    rest => (alignLines(code, rest)?.score ?? 0) >= rivalShare * score,
  );
}

/** Parts of a file's lines that the code must have to be the whole file: with both ends of it, and without. */
const wholeShare = 0.5;
const wholeShareWithoutEnds = 0.7;

/** Whether the code is evidently the file as it shall be, so that what it lacks shall go. */
function isWhole(pairs: readonly LinePair[], code: readonly CodeLine[], file: readonly CodeLine[]): boolean {
  if (code.some(line => isElision(line.content) && !file.some(other => other.content === line.content))) return false;
  const share =
    pairs.filter(pair => file[pair.file]?.weight === 1).length / file.filter(line => line.weight === 1).length;
  const isWritten = (line: CodeLine): boolean => line.weight > 0;
  const has = (codeAt: number, fileAt: number): boolean =>
    pairs.some(pair => pair.code === codeAt && pair.file === fileAt);
  const hasStart = has(code.findIndex(isWritten), file.findIndex(isWritten));
  const hasEnd = has(code.findLastIndex(isWritten), file.findLastIndex(isWritten));
  if (hasStart && hasEnd) return share >= wholeShare;
  // Where the code ends on a line of the file, the lines behind it may just have been left out.
  const hasOtherStart = hasStart || code.findIndex(isWritten) < (pairs[0]?.code ?? 0);
  const hasOtherEnd = hasEnd || code.findLastIndex(isWritten) > (pairs.at(-1)?.code ?? code.length);
  return share >= wholeShareWithoutEnds && hasOtherStart && hasOtherEnd;
}

interface Region {
  first: number;
  last: number;
  lines: string[];
}

function replaceRegion(
  { pairs, shift }: Alignment,
  code: readonly CodeLine[],
  file: readonly CodeLine[],
  indentation: Indentation,
): Region | undefined {
  const start = pairs[0];
  const end = pairs.at(-1);
  if (!start || !end) return undefined;
  const write = (lines: readonly CodeLine[]): string[] => lines.map(line => indented(line, shift, indentation));
  const head = headOf(code.slice(0, start.code), start, pairs, code, file, shift);
  if (!head) return undefined;
  const lines = write(head.lines);
  for (const [index, pair] of pairs.entries()) {
    const line = code[pair.code];
    const old = file[pair.file];
    if (!line || !old) return undefined;
    lines.push(pair.isSame ? old.text : indented(line, shift, indentation));
    const next = pairs[index + 1];
    if (!next) break;
    const between = betweenOf(code, file, pair, next, shift);
    if (!between) return undefined;
    lines.push(...write(between.before), ...texts(between.kept), ...write(between.after));
  }
  const tail = tailOf(code.slice(end.code + 1), end, code, file, shift);
  if (!tail) return undefined;
  lines.push(...write(tail.lines), ...texts(tail.kept), ...write(tail.after));
  return withImports({ first: head.first, last: tail.last, lines }, head.imports, file, write);
}

/** Imports that the code begins with and the file lacks go below those that the file has. */
function withImports(
  region: Region,
  imports: readonly CodeLine[],
  file: readonly CodeLine[],
  write: (lines: readonly CodeLine[]) => string[],
): Region {
  const missing = imports.filter(line => !file.some(other => other.content === line.content));
  if (missing.length === 0) return region;
  const at = Math.min(lastImport(file) + 1, region.first);
  const apart = at === 0 ? [''] : [];
  return {
    first: at,
    last: region.last,
    lines: [...write(missing), ...apart, ...texts(file.slice(at, region.first)), ...region.lines],
  };
}

function texts(lines: readonly CodeLine[]): string[] {
  return lines.map(line => line.text);
}
