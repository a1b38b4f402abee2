import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerAssembler } from '../../../src/core/messages/assembler.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { borderWithoutNetwork } from '../../support/border.ts';

/*
 * What each event does to a block in each of its states, for the block of index 0. Converters between protocols leave
 * out, repeat, reorder and mix up what makes a block.
 */

const start = (block: object) => ({ type: 'content_block_start', index: 0, content_block: block });
const delta = (fields: object) => ({ type: 'content_block_delta', index: 0, delta: fields });
const stop = { type: 'content_block_stop', index: 0 };

const events = {
  textStart: start({ type: 'text', text: '' }),
  text: delta({ type: 'text_delta', text: 't' }),
  thinkingStart: start({ type: 'thinking', thinking: '' }),
  thinking: delta({ type: 'thinking_delta', thinking: 'h' }),
  signature: delta({ type: 'signature_delta', signature: 'S' }),
  callStart: start({ type: 'tool_use', id: 'a', name: 'read', input: {} }),
  callOfOtherId: start({ type: 'tool_use', id: 'b', name: 'grep', input: {} }),
  callWithoutId: start({ type: 'tool_use', name: 'read', input: {} }),
  input: delta({ type: 'input_json_delta', partial_json: '{"p":1}' }),
  stop,
};

/** What comes before, by the state that it leaves the block in. */
const states = {
  absent: [],
  openText: [events.textStart, events.text],
  closedText: [events.textStart, events.text, stop],
  openThinking: [events.thinkingStart, events.thinking],
  closedThinking: [events.thinkingStart, events.thinking, stop],
  signedThinking: [events.thinkingStart, events.thinking, events.signature, stop],
  openCall: [events.callStart],
  closedCall: [events.callStart, stop],
  filledCall: [events.callStart, events.input, stop],
};

/** Each block by its type: a text's text, thinking with `/` and its signature, a call's id, input and what it is read as. */
const table: Record<keyof typeof states, Record<keyof typeof events, string>> = {
  absent: {
    textStart: 'text ',
    text: 'text t',
    thinkingStart: 'thinking /',
    thinking: 'thinking h/',
    signature: 'thinking /S',
    callStart: 'call a  {}',
    callOfOtherId: 'call b  {}',
    callWithoutId: 'call   {}',
    input: 'call  {"p":1} {"p":1}',
    stop: '',
  },
  openText: {
    textStart: 'text t',
    text: 'text tt',
    thinkingStart: 'text t, thinking /',
    thinking: 'text t, thinking h/',
    signature: 'text t',
    callStart: 'text t, call a  {}',
    callOfOtherId: 'text t, call b  {}',
    callWithoutId: 'text t, call   {}',
    input: 'text t, call  {"p":1} {"p":1}',
    stop: 'text t',
  },
  closedText: {
    textStart: 'text t, text ',
    text: 'text tt',
    thinkingStart: 'text t, thinking /',
    thinking: 'text t, thinking h/',
    signature: 'text t',
    callStart: 'text t, call a  {}',
    callOfOtherId: 'text t, call b  {}',
    callWithoutId: 'text t, call   {}',
    input: 'text t, call  {"p":1} {"p":1}',
    stop: 'text t',
  },
  openThinking: {
    textStart: 'thinking h/, text ',
    text: 'thinking h/, text t',
    thinkingStart: 'thinking h/',
    thinking: 'thinking hh/',
    signature: 'thinking h/S',
    callStart: 'thinking h/, call a  {}',
    callOfOtherId: 'thinking h/, call b  {}',
    callWithoutId: 'thinking h/, call   {}',
    input: 'thinking h/, call  {"p":1} {"p":1}',
    stop: 'thinking h/',
  },
  closedThinking: {
    textStart: 'thinking h/, text ',
    text: 'thinking h/, text t',
    thinkingStart: 'thinking h/, thinking /',
    thinking: 'thinking hh/',
    signature: 'thinking h/S',
    callStart: 'thinking h/, call a  {}',
    callOfOtherId: 'thinking h/, call b  {}',
    callWithoutId: 'thinking h/, call   {}',
    input: 'thinking h/, call  {"p":1} {"p":1}',
    stop: 'thinking h/',
  },
  signedThinking: {
    textStart: 'thinking h/S, text ',
    text: 'thinking h/S, text t',
    thinkingStart: 'thinking h/S, thinking /',
    thinking: 'thinking hh/S',
    signature: 'thinking h/S',
    callStart: 'thinking h/S, call a  {}',
    callOfOtherId: 'thinking h/S, call b  {}',
    callWithoutId: 'thinking h/S, call   {}',
    input: 'thinking h/S, call  {"p":1} {"p":1}',
    stop: 'thinking h/S',
  },
  openCall: {
    textStart: 'call a  {}, text ',
    text: 'call a  {}, text t',
    thinkingStart: 'call a  {}, thinking /',
    thinking: 'call a  {}, thinking h/',
    signature: 'call a  {}',
    callStart: 'call a  {}',
    callOfOtherId: 'call a  {}, call b  {}',
    callWithoutId: 'call a  {}',
    input: 'call a {"p":1} {"p":1}',
    stop: 'call a  {}',
  },
  closedCall: {
    textStart: 'call a  {}, text ',
    text: 'call a  {}, text t',
    thinkingStart: 'call a  {}, thinking /',
    thinking: 'call a  {}, thinking h/',
    signature: 'call a  {}',
    callStart: 'call a  {}, call a  {}',
    callOfOtherId: 'call a  {}, call b  {}',
    callWithoutId: 'call a  {}, call   {}',
    input: 'call a {"p":1} {"p":1}',
    stop: 'call a  {}',
  },
  filledCall: {
    textStart: 'call a {"p":1} {"p":1}, text ',
    text: 'call a {"p":1} {"p":1}, text t',
    thinkingStart: 'call a {"p":1} {"p":1}, thinking /',
    thinking: 'call a {"p":1} {"p":1}, thinking h/',
    signature: 'call a {"p":1} {"p":1}',
    callStart: 'call a {"p":1} {"p":1}, call a  {}',
    callOfOtherId: 'call a {"p":1} {"p":1}, call b  {}',
    callWithoutId: 'call a {"p":1} {"p":1}, call   {}',
    input: 'call a {"p":1}{"p":1} broken',
    stop: 'call a {"p":1} {"p":1}',
  },
};

for (const [state, row] of Object.entries(table)) {
  for (const [event, expected] of Object.entries(row)) {
    test(`${event} in the state ${state}`, () => {
      const before = states[state as keyof typeof states];
      assert.equal(contentAfter([...before, events[event as keyof typeof events]]), expected);
    });
  }
}

test('the second of two calls under one index is a call of its own, with its own input', () => {
  const second = delta({ type: 'input_json_delta', partial_json: '{"q":2}' });
  const content = contentAfter([events.callStart, events.input, events.callOfOtherId, second, stop]);
  assert.equal(content, 'call a {"p":1} {"p":1}, call b {"q":2} {"q":2}');
});

test('a signature in the middle of a text signs the thinking before it, and the text stays whole', () => {
  const at = (index: number, event: object) => ({ ...event, index });
  const content = contentAfter([
    ...states.closedThinking,
    at(1, events.textStart),
    at(1, events.text),
    at(1, events.signature),
    at(1, events.text),
  ]);
  assert.equal(content, 'thinking h/S, text tt');
});

test('an input that comes behind its block’s end is read once more at the answer’s', () => {
  const other = [events.callOfOtherId, events.input, stop].map(event => ({ ...event, index: 1 }));
  assert.equal(contentAfter([...states.closedCall, ...other, events.input]).split(', ')[0], 'call a {"p":1} {"p":1}');
});

function contentAfter(sequence: Record<string, unknown>[]): string {
  const silent = { blockStarted: () => undefined, textAppended: () => undefined, restarted: () => undefined };
  const assembler = new AnswerAssembler(silent, borderWithoutNetwork().redaction);
  for (const event of sequence) assembler.event(event);
  assembler.releaseHeld();
  assembler.closeOpenBlocks();
  return assembler.message.content.map(describe).join(', ');
}

function describe(block: AnswerContent): string {
  switch (block.type) {
    case 'text':
      return `text ${block.text}`;
    case 'thinking':
      return `thinking ${block.thinking}/${block.signature}`;
    case 'tool_use':
      return `call ${block.id} ${block.inputJson} ${block.input ? JSON.stringify(block.input) : 'broken'}`;
    case 'redacted_thinking':
    case 'other':
      return block.type;
  }
}
