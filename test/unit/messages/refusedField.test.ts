import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedField } from '../../../src/core/messages/refusedField.ts';
import { withoutThinking } from '../../../src/core/messages/signatureError.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import { problemOf } from '../../support/problemOf.ts';

const plain: MessagesRequest = {
  model: 'm',
  max_tokens: 10,
  stream: true,
  messages: [{ role: 'user', content: 'hi' }],
};
const full: MessagesRequest = {
  ...plain,
  system: 's',
  temperature: 0.5,
  top_p: 0.5,
  top_k: 5,
  stop_sequences: ['x'],
  metadata: { user_id: 'u' },
  thinking: { type: 'adaptive' },
  tools: [{ name: 'a', input_schema: { type: 'object' } }],
  tool_choice: { type: 'auto' },
};

const named: [detail: string, field: string | undefined][] = [
  ['temperature: Extra inputs are not permitted', 'temperature'],
  ['`temperature` and `top_p` cannot both be specified for this model. Please use only one.', 'top_p'],
  ['Unsupported parameter: top_k', 'top_k'],
  ['metadata.user_id: String should have at most 256 characters', 'metadata'],
  ['tools.0.custom.input_schema: Field required', 'tools'],
  ['tool_choice forces tool use is not allowed here', 'tool_choice'],
  ['"thinking.type.enabled" is not supported for this model', 'thinking'],
  ['adaptive thinking is not supported on this model', undefined],
  ["Unknown name 'system' at root", 'system'],
  ['system error, please retry', undefined],
  ['stop_sequences: each stop sequence must contain non-whitespace', 'stop_sequences'],
  ['messages.0.content: Input should be a valid string', undefined],
  ['prompt is too long: 210000 tokens > 200000 maximum', undefined],
];

for (const [detail, field] of named) {
  test(`“${detail}” is about ${field ?? 'no field that can be left out'}`, () => {
    assert.equal(refusedField(problemOf(detail), full), field);
  });
}

test('a mark for the cache that is refused is known wherever it stood', () => {
  const detail = 'messages.0.content.0.text.cache_control: Extra inputs are not permitted';
  const marked: MessagesRequest = {
    ...plain,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'hi', cache_control: { type: 'ephemeral' } }] }],
  };
  assert.equal(refusedField(problemOf(detail), marked), 'cache_control');
  assert.equal(refusedField(problemOf(detail), plain), undefined);
});

test('a field that was not sent is not the one that can be left out', () => {
  assert.equal(refusedField(problemOf('top_k: Extra inputs are not permitted'), plain), undefined);
});

test('only a refusal of the request can be about a field', () => {
  assert.equal(refusedField(problemOf('top_k: failed', 500), full), undefined);
});

test('a problem’s words are shown, and nothing is decided by them', () => {
  assert.equal(refusedField({ kind: 'badRequest', detail: 'top_k: Extra inputs are not permitted' }, full), undefined);
});

test('a tool that has to be called is not left out', () => {
  const forced: MessagesRequest = { ...full, tool_choice: { type: 'tool', name: 'a' } };
  assert.equal(refusedField(problemOf('tools.0: not supported'), forced), undefined);
});

test('the errors of thinking that cannot be verified are known', () => {
  const known = [
    'messages.1.content.0: Invalid `signature` in `thinking` block',
    'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`',
    'messages.3.content.1: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
  ];
  for (const detail of known) assert.equal(problemOf(detail).said?.isThinking, true, detail);
  assert.equal(problemOf('thinking: not supported').said?.isThinking, undefined);
});

test('healing takes out every earlier thinking, and turns thinking off in the middle of a tool loop only', () => {
  const thought = { type: 'thinking', thinking: 'hm', signature: 'x' } as const;
  const said = { type: 'text', text: 'So.' } as const;
  const call = { type: 'tool_use', id: 't', name: 'a', input: {} } as const;
  const answered: MessagesRequest = {
    ...plain,
    thinking: { type: 'enabled', budget_tokens: 2000 },
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: [thought, said] },
      { role: 'user', content: 'and?' },
    ],
  };
  const healed = withoutThinking(answered);
  assert.deepEqual(healed?.messages[1], { role: 'assistant', content: [said] });
  assert.deepEqual(healed.thinking, answered.thinking);

  const loop = withoutThinking({
    ...answered,
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: [thought, call] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't' }] },
    ],
  });
  assert.deepEqual(loop?.messages[1], { role: 'assistant', content: [call] });
  assert.equal(loop.thinking, undefined);
  assert.equal(withoutThinking(plain), undefined, 'sending the same again would heal nothing');
});
