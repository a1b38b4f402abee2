import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Turn } from '../../../src/shared/conversation.ts';
import { TurnHeights } from '../../../src/webview/transcript/heights.ts';
import { slotsOf, topOf, turnsBetween } from '../../../src/webview/transcript/range.ts';

const heights = [100, 50, 200, 10, 40];

test('the turns between two heights are those with anything between them', () => {
  assert.deepEqual(turnsBetween(heights, 0, 100), { first: 0, last: 0 });
  assert.deepEqual(turnsBetween(heights, 99, 101), { first: 0, last: 1 });
  assert.deepEqual(turnsBetween(heights, 100, 351), { first: 1, last: 3 });
  assert.deepEqual(turnsBetween(heights, -500, 10_000), { first: 0, last: 4 });
  assert.deepEqual(turnsBetween(heights, 10_000, 10_100), { first: 4, last: 4 });
  assert.deepEqual(turnsBetween(heights, -900, -800), { first: 0, last: 0 });
});

test('gaps and turns together are as high as all turns', () => {
  const all = heights.reduce((sum, height) => sum + height);
  for (let pattern = 0; pattern < 32; pattern++) {
    const slots = slotsOf(heights, index => (pattern & (1 << index)) !== 0);
    const height = slots.reduce((sum, slot) => sum + (slot.kind === 'gap' ? slot.size : (heights[slot.index] ?? 0)), 0);
    assert.equal(height, all);
    assert.ok(!slots.some((slot, at) => slot.kind === 'gap' && slots[at + 1]?.kind === 'gap'), 'one gap a stretch');
  }
  assert.equal(topOf(heights, 2), 150);
});

test('an estimate grows with the text and gives way to what is measured', () => {
  const turn = (id: string, text: string): Turn => ({
    id,
    role: 'user',
    createdAt: 0,
    intent: 'chat',
    text,
    excerpts: [],
  });
  const known = new TurnHeights(400);
  const [short, long] = [turn('a', 'one line'), turn('b', 'a line\n'.repeat(100))];
  assert.ok(known.of(long) > known.of(short) + 1_000);
  known.measure('b', 333);
  assert.equal(known.of(long), 333);
  known.setWidth(800);
  assert.ok(known.of(long) < 333, 'in a wider view the same text takes less');
});
