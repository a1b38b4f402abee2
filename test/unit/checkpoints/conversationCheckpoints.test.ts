import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConversationCheckpoints } from '../../../src/core/checkpoints/conversationCheckpoints.ts';
import { cannotKeep } from '../../../src/core/checkpoints/recording.ts';
import { openSqliteCheckpoints } from '../../../src/core/checkpoints/sqliteCheckpoints.ts';
import { ToolError } from '../../../src/core/tools/workspace.ts';
import type { RestorePoints } from '../../../src/shared/restore.ts';
import { checkpointPort, MemoryFiles } from '../../support/checkpoints.ts';
import { MemoryWorkspace } from '../../support/toolWorkspace.ts';

function setUp(start: Record<string, string>, mostBytes?: number) {
  const memory = new MemoryWorkspace(start);
  const files = new MemoryFiles(memory.files);
  const kept = openSqliteCheckpoints(':memory:', mostBytes);
  const store = checkpointPort(kept);
  const points: RestorePoints[] = [];
  const failures: unknown[] = [];
  const told: string[] = [];
  const user = { turnId: 't1' };
  let ids = 0;
  const open = (): ConversationCheckpoints =>
    new ConversationCheckpoints({
      store,
      files,
      conversationId: 'c',
      turnId: () => user.turnId,
      newId: () => `restore ${++ids}`,
      changed: changed => points.push(changed),
      failed: error => failures.push(error),
      filesChanged: (paths, isDeciding) => Promise.resolve(void told.push(`${paths.join(' ')} ${isDeciding}`)),
    });
  const checkpoints = open();
  const workspace = checkpoints.recorded(memory);
  const write = async (path: string, after: string): Promise<void> => {
    const place = await workspace.locate(path);
    await workspace.write(place, memory.files.get(path), after);
  };
  const restoreAll = async (...turnIds: string[]) => {
    const plan = await checkpoints.plan(turnIds);
    return checkpoints.restore(turnIds, plan.files, undefined);
  };
  const texts = () => Object.fromEntries(memory.files);
  return {
    checkpoints,
    workspace,
    memory,
    files,
    store,
    kept,
    points,
    failures,
    told,
    user,
    open,
    write,
    restoreAll,
    texts,
  };
}

const summaryOf = (plan: { files: { path: string; action: string; isChanged: boolean }[] }) =>
  plan.files.map(({ path, action, isChanged }) => `${path} ${action}${isChanged ? ' (changed)' : ''}`);

test('a restore brings back what files held before the first change of the turn, and takes new ones away', async () => {
  const { checkpoints, write, texts, restoreAll, memory } = setUp({ 'a.ts': 'one', 'b.ts': 'two' });
  await write('a.ts', 'changed');
  await write('a.ts', 'changed twice');
  await write('new.ts', 'made');
  memory.files.delete('b.ts');
  assert.deepEqual(summaryOf(await checkpoints.plan(['t1', 'a1'])), ['a.ts change', 'new.ts delete']);
  assert.deepEqual(await restoreAll('t1', 'a1'), { restored: 2, failed: [] });
  assert.deepEqual(texts(), { 'a.ts': 'one' });
});

test('a restore to a later turn leaves what came before it', async () => {
  const { write, texts, restoreAll, user } = setUp({ 'a.ts': 'one' });
  await write('a.ts', 'of the first turn');
  user.turnId = 't2';
  await write('a.ts', 'of the second turn');
  await restoreAll('t2');
  assert.deepEqual(texts(), { 'a.ts': 'of the first turn' });
  await restoreAll('t1', 't2');
  assert.deepEqual(texts(), { 'a.ts': 'one' });
});

test('a turn before one with changes leads back as well; one behind all of them to nothing', async () => {
  const { checkpoints, write, user } = setUp({ 'a.ts': 'one' });
  user.turnId = 't2';
  await write('a.ts', 'two');
  assert.deepEqual(summaryOf(await checkpoints.plan(['t1', 't2', 't3'])), ['a.ts change']);
  assert.deepEqual(summaryOf(await checkpoints.plan(['t3'])), []);
});

test('what somebody else has changed since is named, and left alone where it was not chosen', async () => {
  const { checkpoints, write, texts, memory } = setUp({ 'a.ts': 'one', 'b.ts': 'two' });
  await write('a.ts', 'by a tool');
  await write('b.ts', 'by a tool');
  memory.files.set('b.ts', 'by the user');
  const plan = await checkpoints.plan(['t1']);
  assert.deepEqual(summaryOf(plan), ['a.ts change', 'b.ts change (changed)']);
  const unchanged = plan.files.filter(({ isChanged }) => !isChanged);
  await checkpoints.restore(['t1'], unchanged, undefined);
  assert.deepEqual(texts(), { 'a.ts': 'one', 'b.ts': 'by the user' });
});

test('what somebody else has changed between two changes of tools counts as theirs, too', async () => {
  const { checkpoints, write, memory } = setUp({ 'a.ts': 'one' });
  await write('a.ts', 'by a tool');
  memory.files.set('a.ts', 'by the user');
  await write('a.ts', 'by a tool again');
  assert.deepEqual(summaryOf(await checkpoints.plan(['t1'])), ['a.ts change (changed)']);
});

test('a file that changes while the user is asked is left alone', async () => {
  const { checkpoints, write, texts, memory } = setUp({ 'a.ts': 'one' });
  await write('a.ts', 'by a tool');
  const { files } = await checkpoints.plan(['t1']);
  memory.files.set('a.ts', 'by the user, meanwhile');
  assert.deepEqual(await checkpoints.restore(['t1'], files, undefined), { restored: 0, failed: ['a.ts'] });
  assert.deepEqual(texts(), { 'a.ts': 'by the user, meanwhile' });
});

test('a file that a program changes while others are brought back is left alone', async () => {
  const { checkpoints, write, files, texts } = setUp({ 'a.ts': 'one', 'b.ts': 'two' });
  await write('a.ts', 'x');
  await write('b.ts', 'y');
  const plan = await checkpoints.plan(['t1']);
  const { put } = files;
  files.put = async (address, content) => {
    await put(address, content);
    files.files.set('b.ts', 'by a program that watches a.ts');
  };
  assert.deepEqual(await checkpoints.restore(['t1'], plan.files, undefined), { restored: 1, failed: ['b.ts'] });
  assert.deepEqual(texts(), { 'a.ts': 'one', 'b.ts': 'by a program that watches a.ts' });
});

test('a restore is undone, and can be done again', async () => {
  const { checkpoints, write, texts, restoreAll } = setUp({ 'a.ts': 'one' });
  await write('a.ts', 'two');
  await write('new.ts', 'made');
  await restoreAll('t1');
  assert.deepEqual(checkpoints.points, { turnIds: ['t1'], restoredTurnId: 't1' });
  assert.deepEqual(await checkpoints.undo(), { restored: 2, failed: [] });
  assert.deepEqual(texts(), { 'a.ts': 'two', 'new.ts': 'made' });
  assert.deepEqual(checkpoints.points, { turnIds: ['t1'] });
  assert.equal(await checkpoints.undo(), undefined);
  await restoreAll('t1');
  assert.deepEqual(texts(), { 'a.ts': 'one' });
});

test('undoing leaves alone what was changed since the restore', async () => {
  const { checkpoints, write, texts, restoreAll, memory } = setUp({ 'a.ts': 'one', 'b.ts': 'two' });
  await write('a.ts', 'x');
  await write('b.ts', 'y');
  await restoreAll('t1');
  memory.files.set('b.ts', 'by the user');
  assert.deepEqual(await checkpoints.undo(), { restored: 1, failed: ['b.ts'] });
  assert.deepEqual(texts(), { 'a.ts': 'x', 'b.ts': 'by the user' });
});

test('a run that goes on after a restore is taken back by the next one', async () => {
  const { write, texts, restoreAll } = setUp({ 'a.ts': 'one' });
  await write('a.ts', 'two');
  await restoreAll('t1');
  await write('a.ts', 'three');
  await restoreAll('t1');
  assert.deepEqual(texts(), { 'a.ts': 'one' });
});

test('a text that was not saved comes back as one that is not', async () => {
  const { checkpoints, memory, files, workspace, restoreAll } = setUp({ 'a.ts': 'saved' });
  files.unsaved.set('a.ts', 'not saved');
  const editing = checkpoints.recorded({
    locate: memory.locate,
    read: memory.read,
    list: memory.list,
    image: memory.image,
    write: ({ path }, _, after) => Promise.resolve(void files.unsaved.set(path, after)),
  });
  await editing.write(await workspace.locate('a.ts'), 'not saved', 'by a tool');
  assert.deepEqual(await restoreAll('t1'), { restored: 1, failed: [] });
  assert.deepEqual([files.files.get('a.ts'), files.unsaved.get('a.ts')], ['saved', 'not saved']);
});

test('what was kept is found again by the next window', async () => {
  const { checkpoints, write, open, restoreAll, texts } = setUp({ 'a.ts': 'one' });
  await write('a.ts', 'two');
  await restoreAll('t1');
  const next = open();
  await next.load();
  assert.deepEqual(next.points, checkpoints.points);
  assert.deepEqual(next.points, { turnIds: ['t1'], restoredTurnId: 't1' });
  await next.undo();
  assert.deepEqual(texts(), { 'a.ts': 'two' });
});

test('where nothing can be kept, nothing is changed, and the model is told', async () => {
  const { checkpoints, memory, kept, failures, texts } = setUp({ 'a.ts': 'one' });
  const workspace = checkpoints.recorded(memory);
  kept.close();
  const place = await workspace.locate('a.ts');
  await assert.rejects(workspace.write(place, 'one', 'two'), new ToolError(cannotKeep));
  assert.deepEqual(texts(), { 'a.ts': 'one' });
  assert.equal(failures.length, 1);
});

test('a change that fails is none', async () => {
  const { checkpoints, workspace, points } = setUp({ 'a.ts': 'one' });
  const place = await workspace.locate('a.ts');
  await assert.rejects(workspace.write(place, 'something else', 'two'), ToolError);
  assert.deepEqual(await checkpoints.changedFiles(), []);
  assert.deepEqual(points, []);
});

test('beyond the bound the oldest goes, and is named as lost', async () => {
  const { checkpoints, write, texts, restoreAll } = setUp(
    { 'old.ts': 'o'.repeat(600), 'new.ts': 'n'.repeat(600) },
    1_000,
  );
  await write('old.ts', 'x');
  await write('new.ts', 'y');
  const plan = await checkpoints.plan(['t1']);
  assert.deepEqual([summaryOf(plan), plan.lost], [['new.ts change'], ['old.ts']]);
  await restoreAll('t1');
  assert.deepEqual(texts(), { 'old.ts': 'x', 'new.ts': 'n'.repeat(600) });
});

test('files of another workspace are named and not touched', async () => {
  const { checkpoints, write, files, texts } = setUp({ 'a.ts': 'one' });
  await write('a.ts', 'two');
  files.elsewhere.add('a.ts');
  const plan = await checkpoints.plan(['t1']);
  assert.deepEqual([plan.files, plan.elsewhere], [[], ['a.ts']]);
  await checkpoints.restore(['t1'], [{ address: 'a.ts', now: '' }], undefined);
  assert.deepEqual(texts(), { 'a.ts': 'two' });
});

test('what a program changes is kept around its run, also of one that fails, and it is said what was not seen', async t => {
  const root = mkdtempSync(join(tmpdir(), 'marginalia-program-'));
  t.after(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'a.ts'), 'one');
  const { checkpoints, workspace, files, store, points } = setUp({});
  files.roots = () => [{ path: root, name: '' }];
  assert.ok(workspace.aroundProgram);
  const failing = workspace.aroundProgram(() => {
    writeFileSync(join(root, 'a.ts'), 'two');
    return Promise.reject(new Error('stopped'));
  });
  await assert.rejects(failing, /stopped/);
  assert.deepEqual(points, [{ turnIds: ['t1'] }]);
  const [changed] = await store.changes('c');
  assert.ok(changed?.before);
  assert.equal(new TextDecoder().decode((await store.content(changed.before))?.disk ?? undefined), 'one');
  assert.deepEqual((await checkpoints.plan(['t1'])).unseen, { beyond: 0, large: 0 });
  assert.equal(await workspace.aroundProgram(() => Promise.resolve('its output')), 'its output');
});

test('what tools change is told by its path, whether they write it or start what does', async t => {
  const root = mkdtempSync(join(tmpdir(), 'marginalia-program-'));
  t.after(() => rmSync(root, { recursive: true }));
  const { workspace, files, write, told } = setUp({ 'a.ts': 'one', Makefile: 'all:' });
  await write('a.ts', 'two');
  await write('Makefile', 'all: x');
  files.roots = () => [{ path: root, name: '' }];
  const program = (): Promise<void> => {
    writeFileSync(join(root, 'package.json'), '{}');
    writeFileSync(join(root, 'b.ts'), '');
    return Promise.resolve();
  };
  await workspace.aroundProgram?.(program);
  assert.deepEqual(told.slice(0, 2), ['a.ts false', 'Makefile true']);
  assert.deepEqual(told[2]?.split(' ').sort(), ['b.ts', 'false', 'package.json']);
});

test('where nothing can be kept, no program runs', async () => {
  const { workspace, kept } = setUp({});
  kept.close();
  let hasRun = false;
  assert.ok(workspace.aroundProgram);
  const run = workspace.aroundProgram(() => Promise.resolve((hasRun = true)));
  await assert.rejects(run, new ToolError(cannotKeep));
  assert.equal(hasRun, false);
});

test('each content is kept once, and nothing of a conversation that is forgotten', async () => {
  const { write, store, kept } = setUp({ 'a.ts': 'same', 'b.ts': 'same' });
  await write('a.ts', 'x');
  await write('b.ts', 'y');
  const count = () => Number(kept.database.prepare('SELECT count(*) AS n FROM contents').get()?.['n']);
  assert.equal(count(), 1);
  await store.forget('c');
  assert.equal(count(), 0);
  assert.deepEqual(await store.changes('c'), []);
});

test('all that was changed is listed once, with what it held at first', async () => {
  const { checkpoints, write, store, user } = setUp({ 'b.ts': 'one' });
  await write('b.ts', 'two');
  user.turnId = 't2';
  await write('b.ts', 'three');
  await write('a.ts', 'made');
  const [a, b] = await checkpoints.changedFiles();
  assert.deepEqual([a?.path, a?.before, b?.path], ['a.ts', null, 'b.ts']);
  assert.ok(b?.before);
  const content = await store.content(b.before);
  assert.equal(new TextDecoder().decode(content?.disk ?? undefined), 'one');
});
