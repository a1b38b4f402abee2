import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterProblem, parseParameters } from '../../../src/shared/parameterProblem.ts';
import type { ParameterName } from '../../../src/shared/parameters.ts';
import { parameterNames } from '../../../src/shared/requestFields.ts';
import { parameterFromText } from '../../../src/shared/parameterText.ts';

const t = (text: string, ...values: (string | number)[]): string =>
  text.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)]));

const right: Record<ParameterName, unknown[]> = {
  model: ['claude-x'],
  max_tokens: [1, 64_000],
  stream: [true, false],
  system: ['Be brief.', [{ type: 'text', text: 'Be brief.' }]],
  temperature: [0, 0.5, 1],
  top_p: [0, 1],
  top_k: [0, 40],
  stop_sequences: [['END'], ['a', 'b', 'c', 'd']],
  metadata: [{ user_id: 'u-1' }],
  thinking: [{ type: 'enabled', budget_tokens: 1024 }, { type: 'adaptive' }, { type: 'disabled' }],
  tools: [
    [{ name: 'look', input_schema: { type: 'object' } }],
    [{ type: 'bash_20250124', name: 'bash' }],
    [{ type: 'custom', name: 'look', input_schema: { type: 'object', properties: {} } }],
  ],
  tool_choice: [
    { type: 'auto' },
    { type: 'any', disable_parallel_tool_use: true },
    { type: 'tool', name: 'look' },
    { type: 'none' },
  ],
  prefill: ['{'],
  cache: [true, false],
};

const wrong: Record<ParameterName, unknown[]> = {
  model: ['', 'x'.repeat(257), 5],
  max_tokens: [0, 1.5, -1, Number.NaN, '8', Infinity],
  stream: ['yes', 1],
  system: ['', '  ', [], [{ type: 'text', text: '' }], [{ type: 'image' }], 5],
  temperature: [-0.1, 1.1, Number.NaN, '0.5'],
  top_p: [2, -1],
  top_k: [-1, 0.5],
  stop_sequences: [[], ['  '], ['a', 'b', 'c', 'd', 'e'], 'END', [5]],
  metadata: [{}, { user_id: '' }, { user_id: 'x'.repeat(257) }, 'u'],
  thinking: [{ type: 'enabled' }, { type: 'enabled', budget_tokens: 1000 }, { type: 'on' }, true],
  tools: [
    [],
    {},
    'x',
    [{ input_schema: { type: 'object' } }],
    [{ name: 'a b', input_schema: { type: 'object' } }],
    [{ name: 'a' }],
    [{ name: 'a', input_schema: { type: 'array' } }],
    [
      { name: 'a', input_schema: { type: 'object' } },
      { name: 'a', input_schema: { type: 'object' } },
    ],
  ],
  tool_choice: [{ type: 'tool' }, { type: 'tool', name: '' }, { type: 'some' }, 'auto'],
  prefill: ['', ' '],
  cache: ['on'],
};

for (const name of parameterNames) {
  test(`${name}: what is right passes, what is wrong is named`, () => {
    for (const value of right[name]) assert.equal(parameterProblem(name, value, t), undefined, JSON.stringify(value));
    for (const value of wrong[name]) assert.match(parameterProblem(name, value, t) ?? '', /\w/, JSON.stringify(value));
  });
}

test('a system prompt is text, also in brackets; a list of blocks that can’t be read is none', () => {
  for (const text of ['Be brief.', '[Role] Reviewer', '[1, 2']) assert.equal(parameterFromText('system', text), text);
  const blocks = [{ type: 'text', text: 'Be brief.' }];
  assert.deepEqual(parameterFromText('system', JSON.stringify(blocks)), blocks);
  const broken = parameterFromText('system', ' [ {"type": "text", "text": "Be brief."');
  assert.match(parameterProblem('system', broken, t) ?? '', /JSON/);
});

test('of stored parameters what is right is taken and the rest left out', () => {
  assert.deepEqual(parseParameters({ top_k: 5, temperature: 7, unknown: 1, stream: false }), {
    top_k: 5,
    stream: false,
  });
  for (const none of [undefined, null, 'x', [], 5]) assert.deepEqual(parseParameters(none), {});
});
