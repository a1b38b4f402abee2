import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openOrSetAside } from '../../../src/core/storage/openOrSetAside.ts';
import { openDatabase } from '../../../src/core/storage/sqliteDatabase.ts';
import type { UsageEntry } from '../../../src/core/usage/ledger.ts';
import { ledgerMigrations, openSqliteLedger } from '../../../src/core/usage/sqliteLedger.ts';

const entry: UsageEntry = {
  id: 'r1',
  startedAt: 1_000,
  origin: 'https://api.anthropic.com',
  model: 'claude-sonnet-4-5-20250929',
  purpose: 'chat',
  inputTokens: 1_000,
  outputTokens: 200,
  cacheWriteTokens: null,
  cacheReadTokens: 0,
  costUsd: 0.006,
  durationMs: 4_000,
  firstTokenMs: 700,
  retries: 1,
  outcome: { kind: 'complete' },
  stopReason: 'end_turn',
  requestId: 'req_1',
};

test('what was recorded is there after the file was closed and opened again', t => {
  const path = temporaryPath(t);
  const failed: UsageEntry = {
    ...entry,
    id: 'r2',
    startedAt: 2_000,
    purpose: 'review',
    inputTokens: null,
    costUsd: null,
    firstTokenMs: null,
    outcome: { kind: 'failed', problem: 'rateLimited' },
    stopReason: null,
    requestId: null,
  };
  const first = openSqliteLedger(path);
  first.record(entry);
  first.record(failed);
  first.close();
  const again = openSqliteLedger(path);
  assert.deepEqual(again.entries({}), [failed, entry]);
  assert.deepEqual(again.entries({ limit: 1 }), [failed]);
  assert.deepEqual(again.entries({ from: 1_000, to: 2_000 }), [entry]);
  again.close();
});

test('an entry of the same id is replaced', t => {
  const ledger = openSqliteLedger(temporaryPath(t));
  ledger.record({ ...entry, outcome: { kind: 'stopped' } });
  ledger.record(entry);
  assert.deepEqual(ledger.entries({}), [entry]);
  ledger.close();
});

test('fractions of a millisecond and counts that are no numbers are stored as whole numbers', t => {
  const ledger = openSqliteLedger(temporaryPath(t));
  ledger.record({ ...entry, durationMs: 12.6, firstTokenMs: 3.2, inputTokens: Number.NaN, outputTokens: 1.5 });
  const [stored] = ledger.entries({});
  assert.deepEqual(
    [stored?.durationMs, stored?.firstTokenMs, stored?.inputTokens, stored?.outputTokens],
    [13, 3, 0, 2],
  );
  ledger.close();
});

test('sums are by model, count what has no price, and keep to the span', t => {
  const ledger = openSqliteLedger(temporaryPath(t));
  ledger.record(entry);
  ledger.record({ ...entry, id: 'r2', cacheReadTokens: 50 });
  ledger.record({ ...entry, id: 'r3', model: 'other', costUsd: null, inputTokens: null });
  ledger.record({ ...entry, id: 'r4', startedAt: 9_000 });
  assert.deepEqual(ledger.sums({ to: 5_000 }), [
    {
      model: entry.model,
      requests: 2,
      inputTokens: 2_000,
      outputTokens: 400,
      cacheWriteTokens: 0,
      cacheReadTokens: 50,
      costUsd: 0.012,
      unpricedRequests: 0,
    },
    {
      model: 'other',
      requests: 1,
      inputTokens: 0,
      outputTokens: 200,
      cacheWriteTokens: 0,
      cacheReadTokens: 0,
      costUsd: 0,
      unpricedRequests: 1,
    },
  ]);
  ledger.close();
});

test('two windows on one file see and keep what the other records', t => {
  const path = temporaryPath(t);
  const one = openSqliteLedger(path);
  const two = openSqliteLedger(path);
  one.record(entry);
  two.record({ ...entry, id: 'r2' });
  assert.equal(one.entries({}).length, 2);
  assert.equal(two.entries({}).length, 2);
  one.close();
  two.close();
});

test('two threads that record at the same time both wait for each other and lose nothing', async t => {
  const path = temporaryPath(t);
  openSqliteLedger(path).close();
  const module = new URL('../../../src/core/usage/sqliteLedger.ts', import.meta.url).href;
  const write = `
    const { workerData } = require('node:worker_threads');
    import(workerData.module).then(({ openSqliteLedger }) => {
      const ledger = openSqliteLedger(workerData.path);
      for (let n = 0; n < 100; n++) ledger.record({ ...workerData.entry, id: workerData.name + n });
      ledger.close();
    });`;
  const run = (name: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(write, { eval: true, workerData: { module, path, entry, name } });
      worker.on('error', reject);
      worker.on('exit', resolve);
    });
  assert.deepEqual(await Promise.all([run('a'), run('b')]), [0, 0]);
  const ledger = openSqliteLedger(path);
  assert.equal(ledger.entries({}).length, 200);
  ledger.close();
});

test('a step to a newer version keeps what an older one has recorded', t => {
  const path = temporaryPath(t);
  const older = openSqliteLedger(path);
  older.record(entry);
  older.close();
  const next = [...ledgerMigrations, `ALTER TABLE requests ADD COLUMN note TEXT NOT NULL DEFAULT 'none'`];
  const newer = openDatabase(path, next);
  assert.deepEqual(
    { ...newer.prepare('SELECT id, input_tokens, note FROM requests').get() },
    {
      id: 'r1',
      input_tokens: 1_000,
      note: 'none',
    },
  );
  newer.close();
  // Each step once only: taking the second again would fail.
  openDatabase(path, next).close();
  assert.throws(() => openSqliteLedger(path), /newer version/);
});

test('a step that fails leaves the file as it was', t => {
  const path = temporaryPath(t);
  openSqliteLedger(path).close();
  const broken = [...ledgerMigrations, 'ALTER TABLE requests ADD COLUMN note TEXT; CREATE TABLE requests (id TEXT);'];
  assert.throws(() => openDatabase(path, broken), /already exists/);
  const ledger = openSqliteLedger(path);
  ledger.record(entry);
  assert.equal(ledger.entries({}).length, 1);
  ledger.close();
});

test('a damaged file is set aside unchanged, and a new one is begun', t => {
  const path = temporaryPath(t);
  const damaged = 'this is no database, however long it may be '.repeat(200);
  writeFileSync(path, damaged);
  const { opened, trouble } = openOrSetAside(path, openSqliteLedger);
  assert.equal(trouble?.kind, 'setAside');
  assert.equal(readFileSync(trouble.path, 'utf8'), damaged);
  opened.record(entry);
  opened.close();
  const again = openSqliteLedger(path);
  assert.equal(again.entries({}).length, 1);
  again.close();
});

test('where nothing can be written, it goes on in memory and says why', t => {
  const file = temporaryPath(t);
  openSqliteLedger(file).close();
  const path = join(file, 'no', 'folder.sqlite');
  const { opened, trouble } = openOrSetAside(path, openSqliteLedger);
  assert.equal(trouble?.kind, 'inMemory');
  opened.record(entry);
  assert.equal(opened.entries({}).length, 1);
  opened.close();
});

test('the file of a newer version is not set aside: that version needs it', t => {
  const path = temporaryPath(t);
  openSqliteLedger(path).close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const { opened, trouble } = openOrSetAside(path, openSqliteLedger);
  assert.equal(trouble?.kind, 'inMemory');
  assert.match(trouble.reason, /newer version/);
  opened.close();
});

function temporaryPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-ledger-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'usage.sqlite');
}
