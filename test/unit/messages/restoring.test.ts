import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Placeholders } from '../../../src/core/filter/placeholders.ts';
import { AnswerAssembler } from '../../../src/core/messages/assembler.ts';
import { readAnswer } from '../../../src/core/messages/readAnswer.ts';
import { borderWithoutNetwork } from '../../support/border.ts';
import { madeUp } from '../../support/secrets.ts';
import { arriving, everySlicing } from '../../support/slicings.ts';

const placeholders = new Placeholders();
placeholders.of(madeUp.password, 'password', () => false);
placeholders.of('-----BEGIN "K"-----\nabc\n-----END-----', 'privateKey', () => false);
placeholders.of(madeUp.anthropic, 'token', () => false);

function delta(index: number, fields: object): object {
  return { type: 'content_block_delta', index, delta: fields };
}

const words = 'Use ⟦password-1⟧ and ⟦no-1⟧, then ⟦token-3⟧.';
const input = String.raw`{"command":"x ⟦password-1⟧","key":"\u27e6private-key-2\u27e7","list":["⟦token-3⟧"]}`;
const events = [
  { type: 'message_start', message: { id: 'm', content: [], usage: {} } },
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
  delta(0, { type: 'thinking_delta', thinking: 'I see ⟦password-1⟧' }),
  delta(0, { type: 'signature_delta', signature: 'signed' }),
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
  // The placeholder comes in pieces, whatever the network does.
  ...words.split('').map(text => delta(1, { type: 'text_delta', text })),
  { type: 'content_block_stop', index: 1 },
  { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 't', name: 'bash', input: {} } },
  ...(input.match(/.{1,3}/g) ?? []).map(text => delta(2, { type: 'input_json_delta', partial_json: text })),
  { type: 'content_block_stop', index: 2 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
  { type: 'message_stop' },
];
const body = Buffer.from(events.map(event => `data: ${JSON.stringify(event)}\n\n`).join(''));

const restored = {
  text: `Use ${madeUp.password} and ⟦no-1⟧, then ${madeUp.anthropic}.`,
  input: {
    command: `x ${madeUp.password}`,
    key: '-----BEGIN "K"-----\nabc\n-----END-----',
    list: [madeUp.anthropic],
  },
};

async function read(chunks: readonly Uint8Array[]) {
  const heard: string[] = [];
  const listener = {
    blockStarted: () => undefined,
    textAppended: (position: number, text: string) => void (heard[position] = (heard[position] ?? '') + text),
    restarted: () => undefined,
  };
  const border = borderWithoutNetwork();
  const assembler = new AnswerAssembler(listener, border.redaction, undefined, placeholders);
  const response = { status: 200, headers: {}, body: arriving(chunks) };
  const { kind } = await readAnswer(response, border, assembler);
  return { kind, heard, content: assembler.message.content };
}

test('what placeholders stand for is put back in text and in tool inputs, in every slicing; thinking keeps them', async () => {
  let slicings = 0;
  for (const { chunks } of everySlicing(body)) {
    // Each takes a moment, and there are thousands.
    if (slicings++ % 16 !== 0) continue;
    const { kind, heard, content } = await read(chunks);
    const [thinking, text, call] = content;
    assert.equal(kind, 'complete');
    assert.deepEqual(thinking, { type: 'thinking', thinking: 'I see ⟦password-1⟧', signature: 'signed' });
    assert.deepEqual(text, { type: 'text', text: restored.text });
    assert.ok(call?.type === 'tool_use');
    assert.deepEqual(call.input, restored.input);
    assert.deepEqual(JSON.parse(call.inputJson), restored.input);
    assert.deepEqual(heard, ['I see ⟦password-1⟧', restored.text, call.inputJson]);
  }
  assert.ok(slicings > 100);
});

test('an answer that comes as one piece is restored, too', async () => {
  const whole = {
    type: 'message',
    content: [
      { type: 'text', text: words },
      { type: 'tool_use', id: 't', name: 'bash', input: JSON.parse(input) as object },
    ],
    stop_reason: 'tool_use',
  };
  const { content } = await read([Buffer.from(JSON.stringify(whole))]);
  assert.deepEqual(content[0], { type: 'text', text: restored.text });
  assert.ok(content[1]?.type === 'tool_use');
  assert.deepEqual(content[1].input, restored.input);
});

test('what was held back of a cut answer is shown as it is', async () => {
  const cut = events.slice(0, 6 + words.indexOf('sword-1'));
  const { heard } = await read([Buffer.from(cut.map(event => `data: ${JSON.stringify(event)}\n\n`).join(''))]);
  assert.equal(heard[1], 'Use ⟦pas');
});
