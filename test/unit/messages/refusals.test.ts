import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalsInMemory } from '../../support/refusals.ts';

const origin = 'https://relay.test';
const dayMs = 24 * 60 * 60 * 1000;

test('a refusal is remembered for its origin and model alone', () => {
  const refusals = refusalsInMemory();
  refusals.add(origin, 'm', 'top_k');
  assert.deepEqual([...refusals.fields(origin, 'm')], ['top_k']);
  assert.equal(refusals.fields(origin, 'other').size, 0);
  assert.equal(refusals.fields('https://other.test', 'm').size, 0);
});

test('after a week the field is tried once more, and remembered anew where it is refused again', () => {
  let now = 100 * dayMs;
  const refusals = refusalsInMemory(undefined, () => now);
  refusals.add(origin, 'm', 'top_k');
  now += 7 * dayMs - 1;
  assert.ok(refusals.fields(origin, 'm').has('top_k'));
  now += 1;
  assert.equal(refusals.fields(origin, 'm').has('top_k'), false);
  refusals.add(origin, 'm', 'top_k');
  assert.ok(refusals.fields(origin, 'm').has('top_k'));
});

test('one field is taken back and the others stay', () => {
  const refusals = refusalsInMemory();
  refusals.add(origin, 'm', 'top_k');
  refusals.add(origin, 'm', 'metadata');
  refusals.forget(origin, 'm', 'top_k');
  assert.deepEqual([...refusals.fields(origin, 'm')], ['metadata']);
});

test('what was kept without a time, or is nothing of ours, is forgotten', () => {
  for (const kept of [{ [`${origin} m`]: ['top_k'] }, { [`${origin} m`]: { top_k: 'x' } }, 'x', null]) {
    assert.equal(refusalsInMemory(kept).fields(origin, 'm').size, 0);
  }
});
