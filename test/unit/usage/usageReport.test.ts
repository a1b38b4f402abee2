import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { tokensOf } from '../../../src/shared/usageReport.ts';
import { budgetUses, toWarnOf, usedUp } from '../../../src/core/usage/budget.ts';
import type { UsageEntry, UsageLedger } from '../../../src/core/usage/ledger.ts';
import { openSqliteLedger } from '../../../src/core/usage/sqliteLedger.ts';
import { daysOf, momentsOf, reportUsage } from '../../../src/core/usage/usageReport.ts';
import { cpuTimeOf } from '../../support/cpuTime.ts';
import { ledgerPort } from '../../support/ledgerPort.ts';

const entry: UsageEntry = {
  id: '',
  startedAt: 0,
  origin: 'https://a.example',
  model: 'claude-sonnet-4-5',
  purpose: 'chat',
  inputTokens: 100,
  outputTokens: 20,
  cacheWriteTokens: 3,
  cacheReadTokens: null,
  costUsd: 1,
  durationMs: 1_000,
  firstTokenMs: 100,
  retries: 0,
  outcome: { kind: 'complete' },
  stopReason: 'end_turn',
  requestId: null,
};

function ledgerWith(...entries: (Partial<UsageEntry> & { at: string })[]): UsageLedger {
  const ledger = openSqliteLedger(':memory:');
  for (const [index, { at, ...others }] of entries.entries()) {
    ledger.record({ ...entry, id: String(index), startedAt: Date.parse(at), ...others });
  }
  return ledgerPort(ledger);
}

/** One request again and again, of five models: written by the database, which is much faster than one by one. */
function ledgerOfMany(t: TestContext, count: number, from: number, stepMs: number): UsageLedger {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-usage-'));
  const path = join(folder, 'usage.sqlite');
  const ledger = openSqliteLedger(path);
  t.after(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });
  ledger.record(entry);
  const database = new DatabaseSync(path);
  database.exec(
    `CREATE TEMP TABLE many AS
       WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
       SELECT requests.* FROM requests, n;
     UPDATE many SET id = rowid, started_at = CAST(${from} + (rowid - 1) * ${stepMs} AS INTEGER), model = 'model-' || rowid % 5;
     DELETE FROM requests;
     INSERT INTO requests SELECT * FROM many;`,
  );
  database.close();
  return ledgerPort(ledger);
}

test('requests count for the local day on which they began, also in the hour that comes twice', async () => {
  const ledger = ledgerWith(
    { at: '2026-10-24T21:59:59.999Z' },
    { at: '2026-10-24T22:00:00Z', costUsd: 2 },
    // 02:30 in summer time, and 02:30 once more.
    { at: '2026-10-25T00:30:00Z', costUsd: 4 },
    { at: '2026-10-25T01:30:00Z', costUsd: 8 },
    { at: '2026-10-25T22:59:59.999Z', costUsd: 16 },
    { at: '2026-10-25T23:00:00Z', costUsd: 32 },
  );
  const span = { kind: 'custom', from: '2026-10-24', to: '2026-10-26' } as const;
  const costs = async (timeZone: string): Promise<number[]> =>
    (await reportUsage(ledger, span, { now: 0, timeZone })).periods.map(({ total }) => total.costUsd);
  assert.deepEqual(await costs('Europe/Berlin'), [1, 30, 32]);
  assert.deepEqual(await costs('UTC'), [3, 60, 0]);
  assert.deepEqual(await costs('Asia/Tokyo'), [0, 15, 48]);
});

test('a report has every period of its span, and the sums by model and origin', async () => {
  const ledger = ledgerWith(
    { at: '2026-11-22T12:00:00Z', model: 'small', costUsd: 0.5 },
    { at: '2026-11-23T09:00:00Z' },
    { at: '2026-11-23T10:00:00Z', origin: 'https://b.example', costUsd: null },
    { at: '2026-11-23T11:00:00Z', costUsd: null, inputTokens: null, outcome: { kind: 'failed', problem: 'billing' } },
    { at: '2026-11-10T10:00:00Z', costUsd: 99 },
  );
  const now = Date.parse('2026-11-23T20:00:00Z');
  const report = await reportUsage(ledger, { kind: 'days', count: 7 }, { now, timeZone: 'UTC' });
  assert.deepEqual([report.from, report.to, report.unit], ['2026-11-17', '2026-11-23', 'day']);
  assert.deepEqual(
    report.periods.map(({ start, total }) => `${start} ${total.costUsd} ${total.requests}`),
    [17, 18, 19, 20, 21].map(day => `2026-11-${day} 0 0`).concat('2026-11-22 0.5 1', '2026-11-23 1 3'),
  );
  assert.deepEqual(
    report.models.map(({ name, requests, costUsd }) => [name, requests, costUsd]),
    [
      ['claude-sonnet-4-5', 3, 1],
      ['small', 1, 0.5],
    ],
  );
  assert.deepEqual(
    report.origins.map(({ name, requests, unpricedRequests }) => [name, requests, unpricedRequests]),
    [
      ['https://a.example', 3, 0],
      ['https://b.example', 1, 1],
    ],
  );
  assert.equal(report.total.unpricedRequests, 1, 'what has failed had no price to be known');
  assert.equal(tokensOf(report.total), 3 * 100 + 4 * 20 + 4 * 3);
});

test('long spans are shown by month, and a span that nobody can mean is still one', async () => {
  const today = '2026-11-23';
  assert.deepEqual(daysOf({ kind: 'months', count: 12 }, today), { from: '2025-12-01', to: today });
  assert.deepEqual(daysOf({ kind: 'custom', from: '2026-02-03', to: '2026-01-02' }, today), {
    from: '2026-01-02',
    to: '2026-02-03',
  });
  assert.deepEqual(daysOf({ kind: 'custom', from: 'x', to: '2026-02-30' }, today), { from: today, to: today });
  assert.equal(daysOf({ kind: 'custom', from: '1970-01-01', to: today }, today).from, '2006-11-01');
  const ledger = ledgerWith({ at: '2026-03-01T00:00:00Z' }, { at: '2026-02-28T23:59:59Z', costUsd: 2 });
  const report = await reportUsage(
    ledger,
    { kind: 'custom', from: '2026-01-15', to: '2026-04-20' },
    { now: 0, timeZone: 'UTC' },
  );
  assert.equal(report.unit, 'month');
  assert.deepEqual(
    report.periods.map(({ start, total }) => [start, total.costUsd]),
    [
      ['2026-01-15', 0],
      ['2026-02-01', 2],
      ['2026-03-01', 1],
      ['2026-04-01', 0],
    ],
  );
  const { from, to } = momentsOf({ from: '2026-03-01', to: '2026-03-01' }, 'UTC');
  assert.deepEqual(
    (await ledger.entries({ from, to })).map(({ costUsd }) => costUsd),
    [1],
  );
});

test('budgets count what was spent today and this month, and say what has no price', async () => {
  const ledger = ledgerWith(
    { at: '2026-10-31T22:59:00Z', costUsd: 100 },
    { at: '2026-10-31T23:30:00Z', costUsd: 3 },
    { at: '2026-11-22T22:59:00Z', costUsd: null },
    { at: '2026-11-22T23:01:00Z', costUsd: 2 },
  );
  const when = { now: Date.parse('2026-11-23T08:00:00Z'), timeZone: 'Europe/Berlin' };
  assert.deepEqual(await budgetUses(ledger, { dayUsd: 2, monthUsd: 10 }, when), [
    { period: 'day', spentUsd: 2, limitUsd: 2, unpricedRequests: 0 },
    { period: 'month', spentUsd: 5, limitUsd: 10, unpricedRequests: 1 },
  ]);
  assert.deepEqual(await budgetUses(ledger, { dayUsd: 0, monthUsd: 0 }, when), []);
});

test('a budget stops where it is reached and not before; the month’s stands over the day’s', () => {
  const day = { period: 'day', limitUsd: 2, unpricedRequests: 0 } as const;
  const month = { period: 'month', limitUsd: 10, unpricedRequests: 0, spentUsd: 10.01 } as const;
  assert.equal(usedUp([{ ...day, spentUsd: 1.999 }]), undefined);
  assert.equal(usedUp([{ ...day, spentUsd: 2 }])?.period, 'day');
  assert.equal(usedUp([{ ...day, spentUsd: 2 }, month])?.period, 'month');
  assert.equal(usedUp([]), undefined);
});

test('a warning comes once a day and once a month, in one of the windows, and again for another budget', async () => {
  const ledger = ledgerPort(openSqliteLedger(':memory:'));
  const at = (time: string) => ({ now: Date.parse(time), timeZone: 'UTC' });
  const warned = async (time: string, spentUsd: number, limitUsd = 10): Promise<string[]> => {
    const uses = (['day', 'month'] as const).map(period => ({ period, spentUsd, limitUsd, unpricedRequests: 0 }));
    return (await toWarnOf(uses, ledger, at(time))).map(({ period }) => period);
  };
  assert.deepEqual(await warned('2026-11-23T08:00:00Z', 7.99), []);
  assert.deepEqual(await warned('2026-11-23T08:00:00Z', 8), ['day', 'month']);
  assert.deepEqual(await warned('2026-11-23T23:00:00Z', 9), []);
  assert.deepEqual(await warned('2026-11-24T00:00:00Z', 9), ['day']);
  assert.deepEqual(await warned('2026-11-24T01:00:00Z', 90, 100), ['day', 'month']);
  assert.deepEqual(await warned('2026-12-01T00:00:00Z', 9), ['day', 'month']);
});

test('a hundred thousand requests are summed up without a wait that one would see', async t => {
  const ledger = ledgerOfMany(t, 100_000, Date.UTC(2025, 11, 1), (357 * 86_400_000) / 100_000);
  const when = { now: Date.UTC(2026, 10, 23), timeZone: 'Europe/Berlin' };
  const took = await cpuTimeOf(async () => {
    const report = await reportUsage(ledger, { kind: 'months', count: 12 }, when);
    assert.equal(report.total.requests, 100_000);
  });
  assert.ok(took < 1_500, `${took} ms`);
  const budgetTook = await cpuTimeOf(() => budgetUses(ledger, { dayUsd: 1, monthUsd: 1 }, when));
  assert.ok(budgetTook < 100, `${budgetTook} ms`);
});
