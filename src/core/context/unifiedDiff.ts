/** The changes of a unified diff to one file. */
export interface FileDiff {
  /** As the diff names it, without `a/` and `b/`; undefined where it names none. */
  path: string | undefined;
  isNewFile: boolean;
  isDeletion: boolean;
  hunks: Hunk[];
}

export interface Hunk {
  /** 1-based, in the file before; undefined where the diff has no numbers, as from models. */
  line: number | undefined;
  lines: { kind: 'context' | 'removed' | 'added'; text: string }[];
}

export type AppliedDiff = { applied: true; lines: string[] } | { applied: false; hunk: number };

/** Whether a block of code is a diff, by its language or by how it looks. */
export function isUnifiedDiff(language: string, code: string): boolean {
  return /^(?:diff|patch|udiff)$/i.test(language) || /^(?:diff --git |--- \S[^\n]*\n\+\+\+ \S|@@ -\d)/.test(code);
}

export function parseUnifiedDiff(diff: string): FileDiff[] {
  const files: FileDiff[] = [];
  let hunk: Hunk | undefined;
  const lines = diff.replace(/\n$/, '').split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const next = lines[at + 1] ?? '';
    if (line.startsWith('--- ') && next.startsWith('+++ ')) {
      files.push(fileOf(line, next));
      hunk = undefined;
      at += 1;
    } else if (metadata.test(line)) {
      hunk = undefined;
    } else if (!line.startsWith('\\ No newline')) {
      const header = hunkHeader.exec(line);
      if (header || !hunk) {
        hunk = { line: header?.[1] === undefined ? undefined : Number(header[1]), lines: [] };
        if (files.length === 0) files.push({ path: undefined, isNewFile: false, isDeletion: false, hunks: [] });
        files.at(-1)?.hunks.push(hunk);
      }
      if (!header) hunk.lines.push(changeOf(line));
    }
  }
  for (const file of files) file.hunks = file.hunks.map(withoutBlankContext).filter(({ lines: all }) => all.length > 0);
  return files.filter(file => file.hunks.length > 0);
}

const metadata = /^(?:diff --git |index [\da-f]+\.\.|(?:new|deleted) file mode |(?:old|new) mode |similarity |rename )/;
/** `@@ -1,2 +1,3 @@`; models also write it without its numbers. */
const hunkHeader = /^@@(?: -(\d+)(?:,\d+)? \+\d+(?:,\d+)?)?[^@]*(?:@@|$)/;

function fileOf(before: string, after: string): FileDiff {
  const [old, path] = [pathOf(before), pathOf(after)];
  return { path: path ?? old, isNewFile: old === undefined, isDeletion: path === undefined, hunks: [] };
}

/** Models leave the blank out in front of an empty line of context. */
function changeOf(line: string): Hunk['lines'][number] {
  if (line.startsWith('+')) return { kind: 'added', text: line.slice(1) };
  if (line.startsWith('-')) return { kind: 'removed', text: line.slice(1) };
  return { kind: 'context', text: line.startsWith(' ') ? line.slice(1) : line };
}

/** Blank lines at the ends of a hunk are as often the block's own as the file's, and tell nothing. */
function withoutBlankContext(hunk: Hunk): Hunk {
  const tells = ({ kind, text }: Hunk['lines'][number]): boolean => kind !== 'context' || text.trim() !== '';
  const first = hunk.lines.findIndex(tells);
  if (first === -1) return { ...hunk, lines: [] };
  return {
    line: hunk.line === undefined ? undefined : hunk.line + first,
    lines: hunk.lines.slice(first, hunk.lines.findLastIndex(tells) + 1),
  };
}

function pathOf(line: string): string | undefined {
  const path = /^[-+]{3} "?([^\t"]*?)"?(?:\t.*)?\s*$/.exec(line)?.[1] ?? '';
  return path === '/dev/null' || path === '' ? undefined : path.replace(/^[ab]\//, '');
}

/**
 * The lines after all hunks, each put where its context stands: at its line number where that is right, else at the
 * nearest such place. None is applied where one fits nowhere, or without a number in several places; `hunk` says which.
 */
export function applyUnifiedDiff(lines: readonly string[], hunks: readonly Hunk[]): AppliedDiff {
  const result = [...lines];
  // What the hunks before have added, and how far off their numbers were.
  let drift = 0;
  let from = 0;
  for (const [index, hunk] of hunks.entries()) {
    const expected = hunk.line === undefined ? undefined : hunk.line - 1 + drift;
    const place = findHunk(result, hunk, expected, from);
    if (!place) return { applied: false, hunk: index + 1 };
    const { at, lines: changes } = place;
    const written = rewrite(result, at, changes);
    const oldLength = changes.filter(({ kind }) => kind !== 'added').length;
    result.splice(at, oldLength, ...written);
    const movedBy = hunk.line === undefined ? drift : at - place.leftOut - (hunk.line - 1);
    drift = movedBy + written.length - oldLength;
    from = at + written.length;
  }
  return { applied: true, lines: result };
}

interface HunkPlace {
  at: number;
  lines: Hunk['lines'];
  /** Lines of context that were given up at the hunk's start. */
  leftOut: number;
}

/** Lines of context at either end of a hunk that may differ from the file's. */
const mostFuzz = 2;

function findHunk(
  lines: readonly string[],
  hunk: Hunk,
  expected: number | undefined,
  from: number,
): HunkPlace | undefined {
  for (let fuzz = 0; fuzz <= mostFuzz; fuzz++) {
    const start = Math.min(fuzz, contextBefore(hunk.lines));
    const end = Math.min(fuzz, contextBefore(hunk.lines.toReversed()));
    if (fuzz > 0 && start + end === 0) return undefined;
    const rest = hunk.lines.slice(start, hunk.lines.length - end);
    const at = findLines(lines, oldSide(rest), expected === undefined ? undefined : expected + start, from);
    if (at !== undefined) return { at, lines: rest, leftOut: start };
  }
  return undefined;
}

function contextBefore(lines: Hunk['lines']): number {
  return lines.findIndex(({ kind }) => kind !== 'context');
}

function oldSide(lines: Hunk['lines']): string[] {
  return lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
}

function findLines(
  lines: readonly string[],
  wanted: readonly string[],
  expected: number | undefined,
  from: number,
): number | undefined {
  // Lines that are only added stand where their number says, and nowhere without one.
  if (wanted.every(line => line.trim() === '')) {
    if (expected !== undefined && wanted.length === 0) return Math.min(Math.max(expected, from), lines.length);
    return lines.length === 0 || lines.every(line => line === '') ? 0 : undefined;
  }
  for (const normalize of [(line: string) => line.trimEnd(), (line: string) => line.trim()]) {
    const all = lines.map(normalize);
    const matches = matchesOf(all, wanted.map(normalize), from);
    const [only, ...others] = matches;
    if (only === undefined) continue;
    if (others.length === 0) return only;
    if (expected === undefined) return undefined;
    return matches.toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected))[0];
  }
  return undefined;
}

function matchesOf(lines: readonly string[], wanted: readonly string[], from: number): number[] {
  const matches: number[] = [];
  for (let at = from; at + wanted.length <= lines.length; at++) {
    if (wanted.every((line, offset) => lines[at + offset] === line)) matches.push(at);
  }
  return matches;
}

/** The new side of a hunk; what it keeps stays as the file has it, and what it adds moves with the file's indentation. */
function rewrite(lines: readonly string[], at: number, changes: Hunk['lines']): string[] {
  const old = lines.slice(at, at + oldSide(changes).length);
  const first = oldSide(changes).findIndex(text => text.trim() !== '');
  const theirs = indentOf(old[first] ?? '');
  const ours = indentOf(oldSide(changes)[first] ?? '');
  const move = (text: string): string => {
    if (theirs === ours || text.trim() === '') return text;
    if (text.startsWith(ours)) return theirs + text.slice(ours.length);
    return theirs.endsWith(ours) || ours === '' ? theirs + text : text;
  };
  let index = 0;
  return changes.flatMap(({ kind, text }) => {
    if (kind === 'added') return [move(text)];
    const kept = old[index++] ?? text;
    return kind === 'context' ? [kept] : [];
  });
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}
