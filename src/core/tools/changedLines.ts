import type { CallDiff, CallHunk } from '../../shared/ranCalls.ts';
import { splitLines } from '../context/singleChange.ts';
import { around, type HunkLine, hunksBetween, type LineHunk } from './lineHunks.ts';

/** Lines in all that are shown. */
const mostShown = 400;

/** A change with its hunks as they are shown, and as texts are made from them; their indexes are the same. */
export interface TextEdit {
  diff: CallDiff;
  hunks: LineHunk[];
}

/** How a file's text changes; `before` is undefined where there was no file. */
export function changedLines(path: string, before: string | undefined, after: string): TextEdit {
  const lines = splitLines(before ?? '');
  const hunks = hunksBetween(before ?? '', after, mostShown);
  const whole = hunks.map((hunk, index) => withContext(hunk, lines, hunks[index - 1], hunks[index + 1]));
  let room = mostShown;
  const shown = whole.map(hunk => {
    const kept = hunk.lines.slice(0, Math.max(room, 0));
    room -= hunk.lines.length;
    return { ...hunk, lines: kept };
  });
  return { diff: { path, isNew: before === undefined, hunks: shown, unshown: Math.max(0, -room) }, hunks };
}

/** No line stands in two hunks. */
function withContext(
  hunk: LineHunk,
  lines: readonly string[],
  previous: LineHunk | undefined,
  next: LineHunk | undefined,
): CallHunk {
  const end = hunk.oldLine + oldLength(hunk);
  const from = Math.max(previous ? previous.oldLine + oldLength(previous) + around : 0, hunk.oldLine - around);
  const start = Math.min(from, hunk.oldLine);
  const to = Math.min(next?.oldLine ?? lines.length, end + around);
  const same = (part: readonly string[]): HunkLine[] => part.map(text => ({ kind: 'same', text }));
  const all = [...same(lines.slice(start, hunk.oldLine)), ...hunk.lines, ...same(lines.slice(end, to))];
  return { startLine: start + 1, lines: all.map(({ kind, text }) => ({ kind, text: text.replace(/\n$/, '') })) };
}

function oldLength({ lines }: LineHunk): number {
  return lines.filter(({ kind }) => kind !== 'added').length;
}
