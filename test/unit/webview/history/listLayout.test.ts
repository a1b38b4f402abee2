import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsBetween, topsOf } from '../../../../src/webview/history/listLayout.ts';

const sizes = { row: 40, heading: 20 };

test('each row begins where the one before ends, below its heading', () => {
  assert.deepEqual(topsOf([], sizes), [0]);
  assert.deepEqual(topsOf([true, false, true], sizes), [0, 60, 100, 160]);
});

test('the rows between two heights are those of which a part lies there', () => {
  const tops = topsOf([true, false, true, false], sizes);
  for (const [from, to, expected] of [
    [0, 1, [0, 1]],
    [0, 60, [0, 2]],
    [59, 61, [0, 2]],
    [60, 99, [1, 2]],
    [101, 159, [2, 3]],
    [-400, 2_000, [0, 4]],
    [500, 900, [4, 4]],
  ] as const) {
    assert.deepEqual(rowsBetween(tops, from, to), expected, `${from} to ${to}`);
  }
  assert.deepEqual(rowsBetween([0], 0, 800), [0, 0]);
});

test('of 10,000 rows only those are named that are seen', () => {
  const tops = topsOf(
    Array.from({ length: 10_000 }, (_, at) => at % 7 === 0),
    sizes,
  );
  for (let from = 0; from < (tops.at(-1) ?? 0); from += 3_001) {
    const [start, end] = rowsBetween(tops, from, from + 600);
    assert.ok(end - start <= 17, `${end - start} rows`);
    assert.ok((tops[start] ?? Infinity) <= from && (tops[start + 1] ?? 0) > from);
  }
});
