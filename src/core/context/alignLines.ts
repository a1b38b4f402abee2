import { isElision, similarity, type CodeLine } from './codeLines.ts';

/** A line of the code that is a line of the file. */
export interface LinePair {
  /** Indexes. */
  code: number;
  file: number;
  /** Word for word, at the level where it belongs; else only alike. */
  isSame: boolean;
}

export interface Alignment {
  pairs: LinePair[];
  score: number;
  /** Levels that the file is deeper than the code. */
  shift: number;
}

/** More cells than this take seconds; comparing words is left out long before. */
const mostCells = 20_000_000;
const mostCellsWithWords = 2_000_000;

/** What it costs to leave out a line of the file, or to put in one of the code. */
const skipCost = 0.02;
/** Lines that share fewer words are different lines. */
const leastSimilarity = 0.6;

/**
 * The lines of `code` and of `file` that belong together, in order, so that the file's lines are as near to one another
 * as can be. Where code was left out, any number of the file's lines may stand. Undefined where nothing fits.
 */
export function alignLines(code: readonly CodeLine[], file: readonly CodeLine[]): Alignment | undefined {
  if (code.length * file.length > mostCells) return undefined;
  const alignments = likelyShifts(code, file).map(shift => alignAt(code, file, shift));
  const best = alignments.sort((a, b) => b.score - a.score)[0];
  return best && best.pairs.length > 0 ? best : undefined;
}

/** By how much the same lines are deeper in the file, the most frequent first. */
function likelyShifts(code: readonly CodeLine[], file: readonly CodeLine[]): number[] {
  const levels = new Map<string, Set<number>>();
  for (const { content, level, weight } of file) {
    if (weight === 1) levels.set(content, (levels.get(content) ?? new Set()).add(level));
  }
  const votes = new Map<number, number>([[0, 0.5]]);
  for (const { content, level } of code) {
    for (const other of levels.get(content) ?? []) votes.set(other - level, (votes.get(other - level) ?? 0) + 1);
  }
  const byVotes = [...votes].sort(([, a], [, b]) => b - a);
  return byVotes.slice(0, 3).map(([shift]) => shift);
}

const match = 1;
const skipFile = 2;
const putIn = 3;

function alignAt(code: readonly CodeLine[], file: readonly CodeLine[], shift: number): Alignment {
  const width = file.length + 1;
  const steps = new Uint8Array((code.length + 1) * width);
  const comparesWords = code.length * file.length <= mostCellsWithWords;
  let above = new Float64Array(width);
  for (const [index, line] of code.entries()) {
    const row = new Float64Array(width);
    const leavesOut = isElision(line.content);
    const at = (index + 1) * width;
    row[0] = (above[0] ?? 0) - (leavesOut ? 0 : skipCost);
    steps[at] = putIn;
    for (let column = 1; column < width; column++) {
      const other = file[column - 1];
      let best = (above[column] ?? 0) - (leavesOut || line.weight === 0 ? 0 : skipCost);
      let step = putIn;
      const gain = other && !leavesOut ? matchScore(line, other, shift, comparesWords) : 0;
      if (gain > 0 && (above[column - 1] ?? 0) + gain >= best) {
        best = (above[column - 1] ?? 0) + gain;
        step = match;
      }
      // Where two lines would do it is the first: what comes behind it is not a part of what the code repeats.
      const skipped = (row[column - 1] ?? 0) - (leavesOut || other?.weight === 0 ? 0 : skipCost);
      if (skipped >= best) {
        best = skipped;
        step = skipFile;
      }
      row[column] = best;
      steps[at + column] = step;
    }
    above = row;
  }
  const end = above.reduce((best, score, column) => (score > (above[best] ?? 0) ? column : best), 0);
  const pairs = withoutStrays(trace(code, file, shift, steps, end), code, file);
  return { pairs, score: above[end] ?? 0, shift };
}

function matchScore(line: CodeLine, other: CodeLine, shift: number, comparesWords: boolean): number {
  if (line.content === other.content) {
    if (line.weight === 0) return 0.01;
    if (line.level + shift === other.level) return line.weight * (2 + Math.min(line.content.length, 40) / 80);
    // A bracket at another level is another bracket.
    return line.weight < 1 ? 0 : 1;
  }
  if (!comparesWords) return 0;
  const alike = similarity(line, other);
  return alike >= leastSimilarity ? alike * (line.level + shift === other.level ? 1 : 0.5) : 0;
}

function trace(
  code: readonly CodeLine[],
  file: readonly CodeLine[],
  shift: number,
  steps: Uint8Array,
  end: number,
): LinePair[] {
  const pairs: LinePair[] = [];
  let row = code.length;
  let column = end;
  while (row > 0) {
    const step = steps[row * (file.length + 1) + column];
    if (step === skipFile) {
      column -= 1;
      continue;
    }
    row -= 1;
    if (step !== match) continue;
    column -= 1;
    const line = code[row];
    const other = file[column];
    if (!line || !other || line.weight === 0) continue;
    const isSame = line.content === other.content && line.level + shift === other.level;
    pairs.push({ code: row, file: column, isSame });
  }
  return pairs.reverse();
}

/**
 * Leaves out lines that are the same by chance: brackets of another block, and lines of a function that the file does
 * not have.
 */
function withoutStrays(pairs: LinePair[], code: readonly CodeLine[], file: readonly CodeLine[]): LinePair[] {
  const fileOf = new Map<number, number>();
  const base = Math.min(...code.filter(line => line.weight > 0).map(line => line.level));
  const first = code.findIndex(line => line.weight === 1 && !isElision(line.content));
  return pairs.filter(pair => {
    const line = code[pair.code];
    const opener = line && line.weight < 1 ? lineAbove(code, pair.code, line.level) : -1;
    if (opener !== -1 && fileOf.get(opener) !== lineAbove(file, pair.file, file[pair.file]?.level ?? 0)) return false;
    const outer = lineAbove(code, pair.code, base);
    if (line && line.level > base && code[outer]?.declares !== undefined) {
      const theirs = fileOf.get(outer);
      // A single function may have another name than the file's.
      if (theirs === undefined && outer !== first) return false;
      const between = theirs === undefined ? [] : file.slice(theirs + 1, pair.file);
      if (between.some(other => other.declares !== undefined && other.level <= (file[theirs ?? 0]?.level ?? 0)))
        return false;
    }
    fileOf.set(pair.code, pair.file);
    return true;
  });
}

/** The nearest line above that is no deeper than `level`; -1 where there is none. */
function lineAbove(lines: readonly CodeLine[], index: number, level: number): number {
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at];
    if (line && line.weight > 0 && line.level <= level && !isElision(line.content)) return at;
  }
  return -1;
}
