import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChargedUsage, estimateCostUsd } from '../../../src/core/usage/cost.ts';

const sonnet = { input: 3, output: 15, cacheWrite5m: 3.75, cacheWrite1h: 6, cacheRead: 0.3 };

const cases: [name: string, usage: ChargedUsage | undefined, usd: number | undefined][] = [
  ['input and output', { inputTokens: 1_000_000, outputTokens: 100_000 }, 4.5],
  ['a cache that is written and read, next to the input', cached({}), 0.003 + 0.015 + 0.375 + 0.06],
  ['a part of the cache that is kept for an hour', cached({ cacheWrite1hTokens: 40_000 }), 0.018 + 0.06 + 0.225 + 0.24],
  ['more of it than was written', cached({ cacheWrite1hTokens: 900_000 }), 0.018 + 0.06 + 0.6],
  ['only an output', { outputTokens: 1_000 }, 0.015],
  ['counts below zero', { inputTokens: -50, outputTokens: 1_000, cacheReadTokens: -7 }, 0.015],
  ['counts that are no numbers', { inputTokens: Number.NaN, outputTokens: 1_000 }, 0.015],
  ['nothing asked, nothing answered', { inputTokens: 0, outputTokens: 0 }, 0],
  ['nothing reported', {}, undefined],
  ['no usage', undefined, undefined],
];

for (const [name, usage, usd] of cases) {
  test(name, () => {
    const cost = estimateCostUsd(usage, sonnet);
    if (usd === undefined || cost === undefined) assert.equal(cost, usd);
    else assert.ok(Math.abs(cost - usd) < 1e-9, `${cost} instead of ${usd}`);
  });
}

test('an unknown price gives no cost instead of a made-up one', () => {
  assert.equal(estimateCostUsd({ inputTokens: 10, outputTokens: 10 }, undefined), undefined);
});

function cached(more: ChargedUsage): ChargedUsage {
  return { inputTokens: 1_000, outputTokens: 1_000, cacheWriteTokens: 100_000, cacheReadTokens: 200_000, ...more };
}
