import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareAnswer } from '../../../src/core/request/prepareAnswer.ts';
import type { TurnRecord } from '../../../src/core/conversation/turns.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import type { Parameters } from '../../../src/shared/parameters.ts';
import { turn } from '../../support/session.ts';
import { answered, calling, declined, failed, plainSettings, result } from '../../support/turns.ts';

const tools = [{ name: 'look', input_schema: { type: 'object' } }];

function reasons(history: TurnRecord[], parameters: Parameters = {}): string[] {
  const sources = {
    settings: plainSettings,
    rules: rulesFor('m'),
    refusedFields: new Set<string>(),
    isThinkingRefused: () => false,
  };
  return prepareAnswer(history, [], { ...sources, parameters }).adjustments.map(({ reason }) => reason);
}

const used = [turn('look'), calling, result, answered];

test('tool uses that go out are nothing to speak of', () => {
  assert.deepEqual(reasons([...used, turn('and?')], { tools }), []);
});

test('without tools, or in a review, that earlier tool uses stay behind is said', () => {
  assert.deepEqual(reasons([...used, turn('and?')]), ['withoutTools']);
  assert.deepEqual(reasons([...used, turn('review', 'review')], { tools }), ['withoutTools']);
});

test('that a declined question stays behind is said', () => {
  assert.deepEqual(reasons([turn('bad'), declined, turn('and?')]), ['declined']);
});

test('that a question stays behind whose answer failed is said', () => {
  assert.deepEqual(reasons([turn('lost'), failed, turn('and?')]), ['failed']);
  assert.deepEqual(reasons([turn('tried again')]), []);
});
