import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piecesOf } from '../../../src/core/filter/pieces.ts';
import { cpuTime } from '../../support/cpuTime.ts';

test('pieces end with a line where they can, and cover the text without a gap', () => {
  for (const text of ['', 'a', 'line\n'.repeat(40_000), 'x'.repeat(200_000), `${'x'.repeat(30_000)}\n`.repeat(9)]) {
    const pieces = piecesOf(text);
    assert.deepEqual([pieces[0]?.start ?? 0, pieces.at(-1)?.end ?? 0], [0, text.length]);
    for (const [index, { start, end }] of pieces.entries()) {
      const next = pieces[index + 1];
      assert.ok(!next || (next.start <= end && next.start > start), `${start} to ${end}, then ${next?.start}`);
    }
  }
  assert.ok(piecesOf('line\n'.repeat(40_000)).every(({ end }) => end % 5 === 0));
});

test('of a text without lines no piece reads what was before it', () => {
  const text = 'x'.repeat(32_000_000);
  const took = cpuTime(() => piecesOf(text));
  // Read back to its start for every piece, it would be 16 GB.
  assert.ok(took < 500, `${took.toFixed(0)} ms`);
});
