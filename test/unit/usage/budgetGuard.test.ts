import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BudgetGuard } from '../../../src/core/usage/budgetGuard.ts';
import type { BudgetUse } from '../../../src/shared/usageReport.ts';

/** Of a user who has spent `spentUsd` since every moment, and answers every question with `answer`. */
function guarding(spentUsd: number, { dayUsd = 1, isReadable = true, answer = false } = {}) {
  const asked: number[] = [];
  const warned: BudgetUse[] = [];
  const questions: BudgetUse[] = [];
  const failures: unknown[] = [];
  const guard = new BudgetGuard({
    ledger: {
      spentSince: from => {
        asked.push(from);
        if (!isReadable) return Promise.reject(new Error('locked'));
        return Promise.resolve({ costUsd: spentUsd, unpricedRequests: 0 });
      },
      firstTime: () => Promise.resolve(true),
    },
    budgets: () => ({ dayUsd, monthUsd: 0 }),
    failed: error => failures.push(error),
    warn: use => warned.push(use),
    maySendAnyway: use => {
      questions.push(use);
      return Promise.resolve(answer);
    },
    now: () => Date.UTC(2026, 0, 5, 2),
  });
  return { guard, asked, warned, questions, failures };
}

test('without a budget the ledger is not asked, and all passes', async () => {
  const { guard, asked } = guarding(5, { dayUsd: 0 });
  assert.deepEqual(await guard.uses(), []);
  assert.ok(await guard.passes());
  await guard.recorded();
  assert.deepEqual(asked, []);
});

test('beyond a budget something passes with the user’s word alone, who is asked for nothing below it', async () => {
  for (const answer of [true, false]) {
    const { guard, questions } = guarding(1, { answer });
    assert.equal(await guard.passes(), answer);
    assert.deepEqual(
      questions.map(({ period }) => period),
      ['day'],
    );
  }
  const { guard, questions } = guarding(0.9);
  assert.ok(await guard.passes());
  assert.deepEqual(questions, []);
});

test('a request that leaves little of a budget is followed by a word', async () => {
  const [little, much] = [guarding(0.9), guarding(0.5)];
  await little.guard.recorded();
  await much.guard.recorded();
  assert.deepEqual(
    little.warned.map(({ spentUsd, limitUsd }) => [spentUsd, limitUsd]),
    [[0.9, 1]],
  );
  assert.deepEqual(much.warned, []);
});

test('a ledger that cannot be read stops nothing, and is told of', async () => {
  const { guard, failures } = guarding(5, { isReadable: false });
  assert.ok(await guard.passes());
  await guard.recorded();
  assert.equal(failures.length, 2);
});

test('the day begins where the user is, and a name that is no time zone changes nothing', async () => {
  const { guard, asked } = guarding(0);
  guard.timeZone = 'Asia/Tokyo';
  await guard.uses();
  guard.timeZone = 'Nowhere/Else';
  await guard.uses();
  const midnight = Date.UTC(2026, 0, 4, 15);
  assert.deepEqual(asked, [midnight, midnight]);
});
