/** What a model is told of an edit that was made: what the file says now, and what of it the user has left out. */
import { splitLines } from '../context/singleChange.ts';
import type { TextEdit } from './changedLines.ts';
import { numberedLines } from './editorText.ts';
import { type LineHunk, sideOf } from './lineHunks.ts';

/** Lines on either side of the changes that the model is shown. */
const around = 4;

/** Characters of what was left out that are told again: the model has written them. */
const mostTold = 20_000;

/** `text`: what the file says now. */
export function editedText({ diff: { path }, hunks }: TextEdit, text: string): string {
  return `The file ${path} has been edited. Around the change it now says:\n${linesAround(hunks, new Set(), text)}`;
}

/** The same of an edit that the user has taken without the hunks of these indexes. */
export function partlyEditedText({ diff: { path }, hunks }: TextEdit, left: ReadonlySet<number>, text: string): string {
  const taken = `The file ${path} has been edited in part: the user has taken ${hunks.length - left.size} of ${hunks.length} changes.`;
  const which = left.size === 1 ? 'This one was' : 'These were';
  const told = hunks
    .filter((_, index) => left.has(index))
    .map(hunkText)
    .join('\n');
  const cut = told.length > mostTold ? `${told.slice(0, mostTold)}\n(Cut here.)` : told;
  const now = `Around the changes the file now says:\n${linesAround(hunks, left, text)}`;
  return `${taken} ${which} left out, and not made:\n${cut}\n${now}`;
}

/** As a unified diff has it. */
function hunkText(hunk: LineHunk): string {
  const signs = { same: ' ', removed: '-', added: '+' };
  const lines = hunk.lines.map(({ kind, text }) => signs[kind] + text.replace(/\n$/, ''));
  return [`@@ line ${hunk.oldLine + 1} @@`, ...lines].join('\n');
}

function linesAround(hunks: readonly LineHunk[], left: ReadonlySet<number>, text: string): string {
  const count = splitLines(text).length;
  const grown = hunks.map((hunk, index) =>
    left.has(index) ? 0 : sideOf(hunk, 'added').length - sideOf(hunk, 'removed').length,
  );
  const last = hunks.at(-1);
  const from = Math.max(1, (hunks[0]?.oldLine ?? 0) + 1 - around);
  const end =
    (last?.oldLine ?? 0) + (last ? sideOf(last, 'removed').length : 0) + grown.reduce((sum, each) => sum + each, 0);
  const to = Math.min(count, end + around);
  return count === 0 ? '' : numberedLines(text, [Math.min(from, count), Math.max(to, Math.min(from, count))]);
}
