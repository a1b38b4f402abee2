import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeBack } from '../../../src/core/agent/takeBack.ts';
import { changedLines } from '../../../src/core/tools/changedLines.ts';
import type { RanCall } from '../../../src/shared/ranCalls.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

const lines = (changed: Record<number, string> = {}, count = 30): string =>
  Array.from({ length: count }, (_, at) => `${changed[at + 1] ?? `line ${at + 1}`}\n`).join('');

const callOf = (before: string | undefined, after: string, state: RanCall['state'] = 'done'): RanCall => ({
  index: 0,
  state,
  line: { action: 'replace', subject: 'a.ts' },
  diff: changedLines('a.ts', before, after).diff,
  result: { text: 'The file a.ts has been edited.', isError: false },
});

test('a hunk goes back, wherever it stands by now, and the result says so with what the file says', async () => {
  const after = lines({ 2: 'two', 20: 'twenty' });
  const workspace = new MemoryWorkspace({ 'a.ts': `mine\n${after}` });
  const back = await takeBack(callOf(lines(), after), 1, workspace);
  assert.equal(workspace.files.get('a.ts'), `mine\n${lines({ 2: 'two' })}`);
  assert.deepEqual(
    back?.diff?.hunks.map(({ fate }) => fate),
    [undefined, 'takenBack'],
  );
  const told = back.result?.text ?? '';
  assert.match(told, /^The file a\.ts has been edited\.\n\(Later the user has taken this part of the change back:\n/);
  assert.match(told, /\n-line 20\n\+twenty\n[^]* 21\tline 20\n/);
  assert.equal(await takeBack(back, 1, workspace), undefined, 'it is back already');
});

test('of lines that stand in two places those nearest to where they stood go back', async () => {
  const before = `${lines({}, 5)}${'x\n'.repeat(10)}${lines({}, 5)}`;
  const after = before.replace(/line 3(?![^]*line 3)/, 'three');
  const workspace = new MemoryWorkspace({ 'a.ts': `${after}${'x\n'.repeat(10)}${after.slice(-40)}` });
  assert.ok(await takeBack(callOf(before, after), 0, workspace));
  assert.ok(workspace.files.get('a.ts')?.startsWith(before));
  assert.match(workspace.files.get('a.ts')?.slice(before.length) ?? '', /three/);
});

const kept: [why: string, call: RanCall, text: string][] = [
  ['the file says something else there', callOf(lines(), lines({ 3: 'three' })), lines({ 3: 'mine' })],
  ['the file was created', callOf(undefined, lines()), lines()],
  ['it has not run', callOf(lines(), lines({ 3: 'three' }), 'failed'), lines({ 3: 'three' })],
  ['not all of it is known', callOf(lines(), 'new\n'.repeat(1000)), 'new\n'.repeat(1000)],
];
for (const [why, call, text] of kept) {
  test(`nothing goes back where ${why}`, async () => {
    const workspace = new MemoryWorkspace({ 'a.ts': text });
    assert.equal(await takeBack(call, 0, workspace), undefined);
    assert.equal(workspace.files.get('a.ts'), text);
  });
}
