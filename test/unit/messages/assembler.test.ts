import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerAssembler } from '../../../src/core/messages/assembler.ts';
import type { Citation } from '../../../src/core/messages/wire.ts';
import { borderWithoutNetwork } from '../../support/border.ts';

test('a text is whole after every delta, however long it gets and whatever grows beside it', () => {
  const assembler = new AnswerAssembler(silent, borderWithoutNetwork().redaction);
  const expected = new Map<number, string>();
  for (let count = 0; count < 3_000; count++) {
    // Two blocks take turns, for long and for single deltas.
    const index = count < 1_000 ? 0 : count < 2_000 ? 1 : count % 2;
    const piece = `piece ${count} `;
    assembler.delta(index, 'text', piece);
    expected.set(index, (expected.get(index) ?? '') + piece);
    assert.equal(textAt(assembler, index), expected.get(index));
  }
});

test('a second answer on the response starts from nothing, at the same positions', () => {
  const assembler = new AnswerAssembler(silent, borderWithoutNetwork().redaction);
  assembler.event({ type: 'message_start', message: { id: 'msg_1' } });
  assembler.delta(0, 'text', 'first '.repeat(1_000));
  assembler.event({ type: 'message_start', message: { id: 'msg_2' } });
  assembler.delta(0, 'text', 'second');
  assembler.delta(0, 'text', ' answer');
  assert.equal(textAt(assembler, 0), 'second answer');
});

test('a block that starts with text and one that came twice keep their text', () => {
  const assembler = new AnswerAssembler(silent, borderWithoutNetwork().redaction);
  const start = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Once ' } };
  assembler.event(start);
  assembler.delta(0, 'text', 'upon ');
  assembler.event({ ...start, content_block: { type: 'text', text: '' } });
  assembler.delta(0, 'text', 'a time');
  assert.equal(textAt(assembler, 0), 'Once upon a time');
});

test('the input of a tool that the service runs itself is that of its block, and no call', () => {
  const assembler = new AnswerAssembler(silent, borderWithoutNetwork().redaction);
  const block = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
  assembler.event({ type: 'content_block_start', index: 0, content_block: block });
  for (const partial_json of ['', '{"query": "ti', 'des"}']) {
    assembler.event({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json } });
  }
  assembler.event({ type: 'content_block_stop', index: 0 });
  assert.deepEqual(assembler.message.content, [{ type: 'other', raw: { ...block, input: { query: 'tides' } } }]);
});

test('citations stay with their text, whole or in pieces, without the key, and are told of', () => {
  const border = borderWithoutNetwork('the-key-in-use');
  const told: unknown[] = [];
  const listener = { ...silent, cited: (position: number, { title }: Citation) => told.push([position, title]) };
  const assembler = new AnswerAssembler(listener, border.redaction);
  const page = (title: string) => ({ type: 'page_location', title, start_page_number: 1 });
  const cites = (citation: unknown) => ({ type: 'citations_delta', citation });
  const text = { type: 'text', text: 'a', citations: [page('first'), 7] };
  assembler.event({ type: 'content_block_start', index: 0, content_block: text });
  assembler.event({ type: 'content_block_delta', index: 0, delta: cites(page('says the-key-in-use')) });
  assembler.event({ type: 'content_block_delta', index: 0, delta: cites('no citation') });
  // Its block's start was left out.
  assembler.event({ type: 'content_block_delta', index: 4, delta: cites(page('alone')) });
  assert.deepEqual(
    assembler.message.content.map(block => block.type === 'text' && block.citations?.map(({ title }) => title)),
    [['first', 'says [key]'], ['alone']],
  );
  assert.deepEqual(told, [
    [0, 'first'],
    [0, 'says [key]'],
    [1, 'alone'],
  ]);
});

const silent = { blockStarted: () => undefined, textAppended: () => undefined, restarted: () => undefined };

function textAt({ message }: AnswerAssembler, position: number): string | undefined {
  const block = message.content[position];
  return block?.type === 'text' ? block.text : undefined;
}
