import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergedRanges } from '../../../src/core/context/mergedRanges.ts';

test('ranges that overlap or touch are one, and all stand in order', () => {
  const ranges = [
    { start: 9, end: 12 },
    { start: 0, end: 2 },
    { start: 3, end: 3 },
    { start: 10, end: 11 },
    { start: 20, end: 20 },
  ];
  assert.deepEqual(mergedRanges(ranges), [
    { start: 0, end: 3 },
    { start: 9, end: 12 },
    { start: 20, end: 20 },
  ]);
  assert.deepEqual(mergedRanges([]), []);
});
