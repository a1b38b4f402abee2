import assert from 'node:assert/strict';
import { test } from 'node:test';
import { thinkingForms } from '../../../src/core/models/modelRules.ts';
import {
  choiceOf,
  thinkingChoices,
  thinkingOf,
  type ThinkingChoice,
} from '../../../src/core/models/thinkingChoices.ts';

const inShort = (choice: ThinkingChoice): string | number =>
  'budgetTokens' in choice ? choice.budgetTokens : choice.kind;

test('a model is offered the forms of thinking that it takes', () => {
  const offered = thinkingForms.map(thinking => [thinking, ...thinkingChoices({ thinking }, 64_000).map(inShort)]);
  assert.deepEqual(offered, [
    ['budget', 'model', 1_024, 4_096, 16_384, 32_768],
    ['budgetOrAdaptive', 'model', 'off', 'adaptive', 1_024, 4_096, 16_384, 32_768],
    ['adaptive', 'model', 'off', 'adaptive'],
    ['alwaysAdaptive', 'model', 'adaptive'],
    ['unknown', 'model', 'off', 'adaptive', 1_024, 4_096, 16_384, 32_768],
  ]);
});

test('a budget leaves room for the answer', () => {
  assert.deepEqual(thinkingChoices({ thinking: 'budget' }, 8_192).map(inShort), ['model', 1_024, 4_096]);
  assert.deepEqual(thinkingChoices({ thinking: 'budget' }, 1_024).map(inShort), ['model']);
});

test('what is chosen is the parameter, and back; how it is displayed stays', () => {
  for (const choice of thinkingChoices({ thinking: 'budgetOrAdaptive' }, 64_000)) {
    assert.deepEqual(choiceOf(thinkingOf(choice, undefined)), choice);
  }
  assert.deepEqual(thinkingOf({ kind: 'adaptive' }, undefined), { type: 'adaptive', display: 'summarized' });
  assert.deepEqual(thinkingOf({ kind: 'adaptive' }, { type: 'enabled', budget_tokens: 2_048, display: 'omitted' }), {
    type: 'adaptive',
    display: 'omitted',
  });
  assert.deepEqual(thinkingOf({ kind: 'budget', budgetTokens: 4_096 }, { type: 'adaptive', display: 'summarized' }), {
    type: 'enabled',
    budget_tokens: 4_096,
    display: 'summarized',
  });
  assert.equal(thinkingOf({ kind: 'model' }, { type: 'disabled' }), undefined);
});
