import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { builtThread } from '../../support/builtThread.ts';
import type { StorageTrouble } from '../../../src/core/storage/openOrSetAside.ts';
import { isInterrupted } from '../../../src/core/storage/sqliteErrors.ts';
import type { UsageEntry } from '../../../src/core/usage/ledger.ts';
import { WorkerLedger } from '../../../src/core/usage/workerLedger.ts';

const { folder, script, threads } = builtThread('usage/ledgerThread.ts');

const entry: UsageEntry = {
  id: 'r1',
  startedAt: 1_000,
  origin: 'https://a.example',
  model: 'claude-sonnet-4-5',
  purpose: 'chat',
  inputTokens: 100,
  outputTokens: 20,
  cacheWriteTokens: null,
  cacheReadTokens: null,
  costUsd: 1.5,
  durationMs: 900,
  firstTokenMs: null,
  retries: 0,
  outcome: { kind: 'truncated', problem: 'connectionLost' },
  stopReason: null,
  requestId: null,
};

test('what was recorded is there, as it was, and its thread begins with the first of it', async t => {
  const before = threads.length;
  const { ledger } = open(t);
  assert.equal(threads.length, before);
  await ledger.record(entry);
  await ledger.record({ ...entry, id: 'r2', startedAt: 2_000 });
  assert.equal(threads.length, before + 1);
  assert.deepEqual(await ledger.entries({ to: 1_500 }), [entry]);
  assert.equal((await ledger.sums({}))[0]?.costUsd, 3);
  assert.deepEqual(await ledger.spentSince(2_000), { costUsd: 1.5, unpricedRequests: 0 });
  assert.equal((await ledger.cells([{ from: 0, to: 3_000 }]))[0]?.amounts.requests, 2);
  assert.deepEqual([await ledger.firstTime('a'), await ledger.firstTime('a')], [true, false]);
});

test('a file that another window holds does not stop this thread', async t => {
  const { ledger, path } = open(t);
  await ledger.record(entry);
  const other = new DatabaseSync(path);
  other.exec('BEGIN EXCLUSIVE');
  const recorded = ledger.record({ ...entry, id: 'r2' });
  let isDone = false;
  void recorded.then(() => (isDone = true));
  for (let turn = 0; turn < 50; turn++) await nextTurn();
  assert.equal(isDone, false);
  other.exec('COMMIT');
  other.close();
  await recorded;
  assert.equal((await ledger.entries({})).length, 2);
});

test('what was asked of a thread that ended is asked of another one', async t => {
  const { ledger } = open(t);
  await ledger.record(entry);
  const again = ledger.record({ ...entry, id: 'r2' });
  await threads.at(-1)?.terminate();
  await again;
  assert.deepEqual((await ledger.entries({})).map(({ id }) => id).sort(), ['r1', 'r2']);
});

test('a damaged file is said, and a new one goes on', async t => {
  const { ledger, troubles } = open(t, 'this is no database, however long it may be '.repeat(200));
  await ledger.record(entry);
  assert.deepEqual(
    troubles.map(({ kind }) => kind),
    ['setAside'],
  );
  assert.equal((await ledger.entries({})).length, 1);
});

test('what can’t be recorded is said to whoever wanted it', async t => {
  const { ledger } = open(t);
  await assert.rejects(ledger.record({ ...entry, outcome: { kind: 'unknown' as 'complete' } }), /constraint/i);
  await ledger.close();
  await assert.rejects(ledger.record(entry), isInterrupted);
});

function open(t: TestContext, content?: string) {
  const path = join(mkdtempSync(join(folder, 'file-')), 'usage.sqlite');
  if (content !== undefined) writeFileSync(path, content);
  const troubles: StorageTrouble[] = [];
  const ledger = new WorkerLedger({ script, path, troubled: trouble => troubles.push(trouble) });
  t.after(() => ledger.close());
  return { ledger, path, troubles };
}
