import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunsElsewhere } from '../../../src/core/chat/runsElsewhere.ts';
import { appended } from '../../../src/core/conversation/store.ts';
import type { AnswerRecord } from '../../../src/core/conversation/turns.ts';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { turn } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const streaming: AnswerRecord = {
  id: 'answer',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  content: [],
  state: { phase: 'streaming' },
};

/** Conversation `c`, whose answer the other window writes. */
function setUp() {
  const store = openSqliteStore(':memory:');
  const history = inProcess(() => store).history;
  const now = { ms: Date.now() };
  const windows = new Set(['here', 'there']);
  let changes = 0;
  const runs = new RunsElsewhere({
    history,
    window: { id: 'here', isThere: id => windows.has(id) },
    now: () => now.ms,
    changed: () => void changes++,
  });
  runs.watch(true);
  const asked = turn('q');
  store.write(appended('c', asked, null));
  const write = (record: AnswerRecord): void =>
    store.write([...appended('c', record, asked.id), { type: 'update', conversationId: 'c', turn: record }]);
  const signed = (window: string): AnswerRecord => ({ ...streaming, runsIn: { window, at: now.ms } });
  return { store, history, runs, write, signed, now, windows, changes: () => changes };
}

test('what another window answers is known until it has ended', async () => {
  const { runs, write, signed, changes } = setUp();
  await runs.look();
  assert.deepEqual([runs.ids, changes()], [[], 0]);
  write(signed('there'));
  await runs.look();
  await runs.look();
  assert.deepEqual([runs.ids, changes()], [['c'], 1]);
  write({ ...streaming, state: { phase: 'complete', stopReason: 'end_turn' } });
  await runs.look();
  assert.deepEqual([runs.ids, changes()], [[], 2]);
});

test('its own answers, and those of windows that are gone or silent, are none', async () => {
  const { runs, write, signed, now, windows } = setUp();
  write(signed('here'));
  await runs.look();
  assert.deepEqual(runs.ids, []);
  write(signed('there'));
  await runs.look();
  assert.deepEqual(runs.ids, ['c']);
  windows.delete('there');
  await runs.look();
  assert.deepEqual(runs.ids, [], 'it is gone');
  windows.add('there');
  now.ms += 60_000;
  await runs.look();
  assert.deepEqual(runs.ids, [], 'it says nothing');
});

test('an answer counts at the end of the branch that was shown last, and where it was added last', async () => {
  const { store, runs, write, signed } = setUp();
  write(signed('there'));
  store.write([...appended('c', turn('elsewhere'), null), { type: 'moveHead', conversationId: 'c', headId: 'answer' }]);
  await runs.look();
  assert.deepEqual(runs.ids, ['c']);
  store.write([{ type: 'moveHead', conversationId: 'c', headId: null }]);
  await runs.look();
  assert.deepEqual(runs.ids, [], 'neither');
});

test('a deleted conversation is none, nor anything while nobody looks on', async () => {
  const { history, runs, write, signed } = setUp();
  write(signed('there'));
  runs.watch(false);
  await runs.look();
  assert.deepEqual(runs.ids, []);
  runs.watch(true);
  await history.mark('c', { isDeleted: true });
  await runs.look();
  assert.deepEqual(runs.ids, []);
});

test('what is written while it looks is seen as well', async () => {
  const { runs, write, signed } = setUp();
  const first = runs.look();
  write(signed('there'));
  void runs.look();
  await first;
  await turnOfLoop();
  assert.deepEqual(runs.ids, ['c']);
});
