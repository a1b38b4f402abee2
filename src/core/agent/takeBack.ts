import type { CallHunk, RanCall } from '../../shared/ranCalls.ts';
import { numberedLines } from '../tools/editorText.ts';
import { ToolError, type ToolWorkspace } from '../tools/workspace.ts';

/** Lines around it that the model is told of. */
const around = 4;

/**
 * Gives the lines of one hunk of a change that was made back what they said, wherever in the file they stand by now. The
 * call as it is then, with a result that says so; undefined where the file says something else there, or can't be changed.
 */
export async function takeBack(call: RanCall, index: number, workspace: ToolWorkspace): Promise<RanCall | undefined> {
  const { diff, result, state } = call;
  const hunk = diff?.hunks[index];
  if (!diff || !hunk || !result || state !== 'done' || !canTakeBack(call, index)) return undefined;
  try {
    const place = await workspace.locate(diff.path);
    const text = await workspace.read(place);
    const found = withoutHunk(text, hunk);
    if (!found) return undefined;
    await workspace.write(place, text, found.text);
    const hunks = diff.hunks.with(index, { ...hunk, fate: 'takenBack' });
    return { ...call, diff: { ...diff, hunks }, result: { ...result, text: `${result.text}\n${toldOf(hunk, found)}` } };
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

/** Whether all of the hunk is known, and there was a file before. */
function canTakeBack({ diff }: RanCall, index: number): boolean {
  const isCut = diff !== undefined && diff.unshown > 0 && index === diff.hunks.length - 1;
  return diff?.hunks[index]?.fate === undefined && diff?.isNew === false && !isCut;
}

interface Found {
  text: string;
  /** Where the lines begin now, from 0, and how many they are. */
  line: number;
  count: number;
}

function withoutHunk(text: string, { lines, startLine }: CallHunk): Found | undefined {
  const all = text.split('\n');
  const side = (of: 'removed' | 'added'): string[] =>
    lines.filter(({ kind }) => kind === 'same' || kind === of).map(line => line.text);
  const [now, before] = [side('added'), side('removed')];
  const places = placesOf(all, now);
  const line = places.toSorted((one, other) => Math.abs(one - startLine + 1) - Math.abs(other - startLine + 1))[0];
  if (line === undefined) return undefined;
  return { text: all.toSpliced(line, now.length, ...before).join('\n'), line, count: before.length };
}

function placesOf(lines: readonly string[], wanted: readonly string[]): number[] {
  const places: number[] = [];
  for (let at = 0; at + wanted.length <= lines.length; at++) {
    if (wanted.every((line, offset) => lines[at + offset] === line)) places.push(at);
  }
  return wanted.length === 0 ? [] : places;
}

function toldOf({ lines }: CallHunk, { text, line, count }: Found): string {
  const signs = { same: ' ', removed: '-', added: '+' };
  const diff = lines.map(({ kind, text: each }) => signs[kind] + each).join('\n');
  const total = text.replace(/\n$/, '').split('\n').length;
  const range: [number, number] = [Math.max(1, line + 1 - around), Math.min(total, line + count + around)];
  const now = text === '' ? '(The file is empty.)' : numberedLines(text, range);
  return `(Later the user has taken this part of the change back:\n${diff}\nSo around it the file now says:\n${now})`;
}
