import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exceededLimits } from '../../../src/core/request/nextSize.ts';

const size = { tokens: 1_000, inputCostUsd: 0.5 };

test('a request asks above a limit, not at it, and names the limits that it is above', () => {
  assert.deepEqual(exceededLimits(size, { tokens: 999, costUsd: 0.4 }), { aboveTokens: 999, aboveCostUsd: 0.4 });
  assert.deepEqual(exceededLimits(size, { tokens: 1_000, costUsd: 0.4 }), { aboveCostUsd: 0.4 });
  assert.equal(exceededLimits(size, { tokens: 1_000, costUsd: 0.5 }), undefined);
});

test('0 never asks, and neither does a price that nobody knows', () => {
  assert.equal(exceededLimits(size, { tokens: 0, costUsd: 0 }), undefined);
  assert.equal(exceededLimits({ tokens: 1_000 }, { tokens: 0, costUsd: 0.01 }), undefined);
});
