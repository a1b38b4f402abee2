/** How two texts differ, as parts that can be taken or left one by one. */
import { splitLines } from '../context/singleChange.ts';

export interface HunkLine {
  kind: 'same' | 'removed' | 'added';
  /** With its line end, where it has one. */
  text: string;
}

/** Lines that change together, with those of them that stay between. */
export interface LineHunk {
  /** Index of the first line, in the text before and in the one after. */
  oldLine: number;
  newLine: number;
  lines: HunkLine[];
}

/** Unchanged lines that are shown on either side of a hunk. */
export const around = 3;

/** Fewer unchanged lines than this between two changes make them one: nobody would take the half of it. */
const leastBetween = 3;

/** Lines removed and added beyond which two texts count as different throughout: the search takes their square. */
const mostEdits = 1_000;

/** From front to end; empty where the texts are the same. Behind `mostLines` shown lines they are one: what isn't seen is not chosen. */
export function hunksBetween(before: string, after: string, mostLines = Infinity): LineHunk[] {
  const script = lineScript(splitLines(before), splitLines(after));
  const hunks: LineHunk[] = [];
  let [oldLine, newLine, length] = [0, 0, 0];
  let between: HunkLine[] = [];
  for (const line of script) {
    if (line.kind === 'same') between.push(line);
    else {
      const last = hunks.at(-1);
      const isJoined = last && (between.length < leastBetween || length >= mostLines);
      const hunk = isJoined ? last : { oldLine, newLine, lines: [] };
      if (!isJoined) hunks.push(hunk);
      if (isJoined) for (const each of between) hunk.lines.push(each);
      hunk.lines.push(line);
      length += 1 + (isJoined ? between.length : 2 * around);
      between = [];
    }
    if (line.kind !== 'added') oldLine++;
    if (line.kind !== 'removed') newLine++;
  }
  return hunks;
}

/** The text before with all hunks but those whose indexes are in `left`. */
export function withHunks(before: string, hunks: readonly LineHunk[], left: ReadonlySet<number>): string {
  const lines = splitLines(before);
  const parts: string[] = [];
  let at = 0;
  for (const [index, hunk] of hunks.entries()) {
    parts.push(lines.slice(at, hunk.oldLine).join(''), sideOf(hunk, left.has(index) ? 'removed' : 'added').join(''));
    at = hunk.oldLine + sideOf(hunk, 'removed').length;
  }
  return [...parts, lines.slice(at).join('')].join('');
}

/** The hunk at a line (0-based) of the text after it. One that only removes lines is at those on either side of it. */
export function hunkAt(hunks: readonly LineHunk[], line: number): LineHunk | undefined {
  const holding = hunks.find(hunk => line >= hunk.newLine && line < hunk.newLine + sideOf(hunk, 'added').length);
  return (
    holding ??
    hunks.find(({ newLine, lines }) => {
      const isRemoval = lines.every(({ kind }) => kind === 'removed');
      return isRemoval && (line === newLine || line === newLine - 1);
    })
  );
}

/** The lines of a hunk before (`removed`) or after it. */
export function sideOf(hunk: Pick<LineHunk, 'lines'>, side: 'removed' | 'added'): string[] {
  return hunk.lines.filter(({ kind }) => kind === 'same' || kind === side).map(({ text }) => text);
}

/** All lines of both, in order, with what becomes of each. */
function lineScript(old: readonly string[], now: readonly string[]): HunkLine[] {
  const shorter = Math.min(old.length, now.length);
  let first = 0;
  while (first < shorter && old[first] === now[first]) first++;
  let same = 0;
  while (same < shorter - first && old.at(-1 - same) === now.at(-1 - same)) same++;
  const [oldPart, newPart] = [old.slice(first, old.length - same), now.slice(first, now.length - same)];
  const middle = shortestScript(oldPart, newPart) ?? [...marked('removed', oldPart), ...marked('added', newPart)];
  return [...marked('same', old.slice(0, first)), ...middle, ...marked('same', old.slice(old.length - same))];
}

function marked(kind: HunkLine['kind'], texts: readonly string[]): HunkLine[] {
  return texts.map(text => ({ kind, text }));
}

/**
 * Myers’ greedy search: `ends` holds on each diagonal (lines removed less lines added) how far into `old` so many edits
 * reach. Undefined where it takes more than `mostEdits`.
 */
function shortestScript(old: readonly string[], now: readonly string[]): HunkLine[] | undefined {
  const rounds: Int32Array[] = [];
  let ends = new Int32Array(3);
  const most = Math.min(old.length + now.length, mostEdits);
  for (let edits = 0; edits <= most; edits++) {
    // Of the round before, whose middle is one place to the left.
    const next = new Int32Array(2 * edits + 3);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let at = edits === 0 ? 0 : furthest(ends, edits, diagonal);
      while (at < old.length && at - diagonal < now.length && old[at] === now[at - diagonal]) at++;
      next[diagonal + edits + 1] = at;
      if (at >= old.length && at - diagonal >= now.length) return traced(old, now, [...rounds, next]);
    }
    rounds.push(next);
    ends = next;
  }
  return undefined;
}

/** Where the better of two edits leads to, with one edit more than `ends` has. */
function furthest(ends: Int32Array, edits: number, diagonal: number): number {
  return isAddition(ends, edits, diagonal) ? (ends[diagonal + edits + 1] ?? 0) : (ends[diagonal + edits - 1] ?? 0) + 1;
}

function isAddition(ends: Int32Array, edits: number, diagonal: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && (ends[diagonal + edits - 1] ?? 0) < (ends[diagonal + edits + 1] ?? 0);
}

function traced(old: readonly string[], now: readonly string[], rounds: readonly Int32Array[]): HunkLine[] {
  const script: HunkLine[] = [];
  let [at, other] = [old.length, now.length];
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const diagonal = at - other;
    const ends = rounds[edits - 1];
    const isAdded = ends !== undefined && isAddition(ends, edits, diagonal);
    const begun = ends === undefined ? 0 : furthest(ends, edits, diagonal);
    for (; at > begun; at--, other--) script.push({ kind: 'same', text: old[at - 1] ?? '' });
    if (ends === undefined) break;
    script.push(isAdded ? { kind: 'added', text: now[--other] ?? '' } : { kind: 'removed', text: old[--at] ?? '' });
  }
  return script.reverse();
}
