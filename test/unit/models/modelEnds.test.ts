import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOf, hasEnded } from '../../../src/core/models/modelEnds.ts';
import { isGuessed, rulesFor } from '../../../src/core/models/modelRules.ts';

for (const id of [
  'claude-sonnet-4-5-20250929',
  'claude-sonnet-4-5-20250929-thinking',
  'anthropic/claude-sonnet-4.5',
  'us.anthropic.claude-opus-4-1-20250805-v1:0',
]) {
  test(`${id} ends, and a model that is known and has no end takes its place`, () => {
    const end = endOf(id);
    assert.ok(end);
    assert.equal(isGuessed(rulesFor(end.successor)), false);
    assert.equal(endOf(end.successor), undefined);
  });
}

for (const id of ['claude-haiku-4-5-20251001', 'claude-opus-4-5', 'claude-sonnet-5', 'gpt-5', '']) {
  test(`no end is known of “${id}”`, () => {
    assert.equal(endOf(id), undefined);
  });
}

test('a model has ended from the first moment of its day on', () => {
  const end = { day: '2026-11-30', successor: 'other' };
  assert.equal(hasEnded(end, Date.parse('2026-11-29T23:59:59.999Z')), false);
  assert.equal(hasEnded(end, Date.parse('2026-11-30T00:00:00.000Z')), true);
});
