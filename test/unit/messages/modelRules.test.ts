import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isThinkingId, rulesFor, unknownModel } from '../../../src/core/messages/modelRules.ts';

const table: [
  id: string,
  thinking: string,
  sampling: string,
  prefill: boolean,
  context: number,
  output: number,
  cacheMinimum: number,
  inputPrice: number | undefined,
][] = [
  ['claude-haiku-4-5-20251001', 'budget', 'temperatureOrTopP', true, 200_000, 64_000, 4096, 1],
  ['claude-sonnet-4-5-20250929', 'budget', 'temperatureOrTopP', true, 200_000, 64_000, 1024, 3],
  ['claude-sonnet-4-5-20250929-thinking', 'budget', 'temperatureOrTopP', true, 200_000, 64_000, 1024, 3],
  ['claude-opus-4-1-20250805', 'budget', 'temperatureOrTopP', true, 200_000, 32_000, 1024, 15],
  ['claude-opus-4-5', 'budget', 'temperatureOrTopP', true, 200_000, 64_000, 4096, 5],
  ['claude-sonnet-4-6', 'budgetOrAdaptive', 'temperatureOrTopP', false, 1_000_000, 128_000, 1024, 3],
  ['claude-opus-4-6', 'budgetOrAdaptive', 'temperatureOrTopP', false, 1_000_000, 128_000, 4096, 5],
  ['claude-opus-4-7', 'adaptive', 'none', false, 1_000_000, 128_000, 2048, 5],
  ['claude-opus-4-8', 'adaptive', 'none', false, 1_000_000, 128_000, 1024, 5],
  ['claude-sonnet-5', 'adaptive', 'none', false, 1_000_000, 128_000, 1024, 2],
  ['claude-sonnet-5-20260901', 'adaptive', 'none', false, 1_000_000, 128_000, 1024, 2],
  ['claude-opus-5', 'adaptive', 'none', false, 1_000_000, 128_000, 512, 5],
  ['claude-fable-5', 'alwaysAdaptive', 'none', false, 1_000_000, 128_000, 512, 10],
  ['claude-opus-5-5', 'adaptive', 'none', false, 1_000_000, 128_000, 1024, undefined],
  ['claude-fable-5-2', 'alwaysAdaptive', 'none', false, 1_000_000, 128_000, 512, undefined],
];

for (const [id, thinking, sampling, prefill, context, output, cacheMinimum, inputPrice] of table) {
  test(`${id} has its family's rules`, () => {
    const rules = rulesFor(id);
    assert.deepEqual(
      [rules.thinking, rules.sampling, rules.prefill, rules.contextWindow, rules.maxOutput, rules.cacheMinimum],
      [thinking, sampling, prefill, context, output, cacheMinimum],
    );
    assert.equal(rules.price?.input, inputPrice);
  });
}

test('what a relay puts before and behind an id changes nothing', () => {
  const plain = rulesFor('claude-sonnet-4-5-20250929');
  for (const id of [
    'anthropic/claude-sonnet-4.5',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'claude-sonnet-4-5@20250929',
    ' Claude-Sonnet-4-5-20250929-Thinking ',
  ]) {
    assert.equal(rulesFor(id), plain, id);
  }
});

test('an id that nobody knows is forbidden nothing and promised no price', () => {
  for (const id of ['glm-5', 'gpt-9', 'claude-next', '']) assert.equal(rulesFor(id), unknownModel, id);
  assert.equal(unknownModel.sampling, 'all');
  assert.equal(unknownModel.price, undefined);
});

test('an id that ends in -thinking is one', () => {
  assert.equal(isThinkingId('claude-opus-4-1-20250805-thinking'), true);
  assert.equal(isThinkingId('claude-opus-4-1-20250805'), false);
});
