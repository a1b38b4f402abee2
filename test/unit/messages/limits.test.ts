import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerAssembler } from '../../../src/core/messages/assembler.ts';
import { type AnswerLimits, usualLimits } from '../../../src/core/messages/limits.ts';
import { Pace } from '../../../src/core/messages/pace.ts';
import { readAnswer } from '../../../src/core/messages/readAnswer.ts';
import { arriving } from '../../support/slicings.ts';
import { borderWithoutNetwork } from '../../support/border.ts';

const border = borderWithoutNetwork();

const silent = { blockStarted: () => undefined, textAppended: () => undefined, restarted: () => undefined };
const hello = 'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}\n\n';
const stop = 'data: {"type":"message_stop"}\n\n';
const blocks = (count: number): string =>
  Array.from({ length: count }, (_, index) => hello.replace('"index":0', `"index":${index}`)).join('');

const cases: {
  name: string;
  limits: Partial<AnswerLimits>;
  within: string;
  beyond: string;
  kind: string;
  status?: number;
}[] = [
  // prettier-ignore
  { name: 'an answer', limits: { answerBytes: 300 }, within: hello + stop, beyond: hello.repeat(4) + stop, kind: 'answerTooLong' }, // prettier-ignore
  { name: 'an answer in one piece', limits: { eventCharacters: 100 }, within: '{"type":"message","content":"hello"}', beyond: `{"type":"message","content":"${'a'.repeat(100)}"}`, kind: 'answerTooLong' }, // prettier-ignore
  { name: 'an event', limits: { eventCharacters: 100 }, within: hello + stop, beyond: `${hello}data: ${'a'.repeat(101)}\n\n`, kind: 'eventTooLong' }, // prettier-ignore
  { name: 'an event of many lines', limits: { eventCharacters: 100 }, within: hello + stop, beyond: hello + 'data: aaaa\n'.repeat(21), kind: 'eventTooLong' }, // prettier-ignore
  { name: 'a line without an end', limits: { eventCharacters: 100 }, within: hello + stop, beyond: hello + 'a'.repeat(101), kind: 'eventTooLong' }, // prettier-ignore
  { name: 'blocks', limits: { blocks: 3 }, within: blocks(3) + stop, beyond: blocks(4) + stop, kind: 'tooManyBlocks' },
];

for (const { name, limits, within, beyond, kind } of cases) {
  for (const bytes of [1, 64, 1_000_000]) {
    test(`${name} beyond its limit has a problem of its own, in chunks of ${bytes} bytes`, async () => {
      assert.equal((await read(within, limits, 200, bytes)).kind, 'complete');
      const outcome = await read(beyond, limits, 200, bytes);
      assert.equal(outcome.kind, 'error');
      assert.deepEqual(outcome.error, { problem: { kind, detail: '' }, retryable: false });
    });
  }
}

test('an error beyond its limit keeps what its status says about a retry', async () => {
  const limits = { errorBytes: 100 };
  const [short, long] = ['<title>busy</title>', `<title>busy</title>${'a'.repeat(100)}`];
  const within = await read(short, limits, 529);
  assert.deepEqual(within.kind === 'error' && within.error.problem, {
    kind: 'overloaded',
    detail: 'busy',
    status: 529,
  });
  const beyond = await read(long, limits, 529);
  assert.deepEqual(beyond.kind === 'error' && beyond.error, {
    problem: { kind: 'errorTooLong', detail: '', status: 529 },
    retryable: true,
  });
  const refused = await read(long, limits, 400);
  assert.equal(refused.kind === 'error' && refused.error.retryable, false);
});

test('what is beyond a limit is not read, and the body is left', async () => {
  let sent = 0;
  let left = false;
  const long = async function* () {
    try {
      // So many that reading on is seen, and ends.
      while (sent < 1_000) {
        sent += 1;
        yield await Promise.resolve(new TextEncoder().encode(hello));
      }
    } finally {
      left = true;
    }
  };
  const limits = { ...usualLimits, answerBytes: hello.length * 10 };
  await readAnswer({ status: 200, headers: {}, body: long() }, border, new AnswerAssembler(silent, border.redaction), {
    limits,
  });
  assert.equal(sent, 11);
  assert.ok(left);
});

test('a body that is all there leaves the event loop to others whenever it has worked for a while', async () => {
  let now = 0;
  let turns = 0;
  const pace = new Pace({ now: () => (now += 4), giveWay: () => Promise.resolve(void (turns += 1)) });
  const body = hello.repeat(2_000) + stop;
  const chunks = arriving([new TextEncoder().encode(body)]);
  const assembler = new AnswerAssembler(silent, border.redaction);
  const outcome = await readAnswer({ status: 200, headers: {}, body: chunks }, border, assembler, { pace });
  assert.equal(outcome.kind, 'complete');
  // One chunk of 190 KB is read in steps of 16 KB, of which three take longer than others are kept waiting.
  assert.equal(turns, Math.floor(Math.ceil(body.length / (16 * 1024)) / 3));
});

test('an input is parsed once for its first end and once for the answer’s, however many ends come', t => {
  const parse = t.mock.method(JSON, 'parse');
  const assembler = new AnswerAssembler(silent, border.redaction);
  assembler.event({ type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: 'f' } });
  for (let count = 0; count < 100; count++) {
    assembler.delta(0, 'tool_use', count === 0 ? '{"a":1' : ' ');
    assembler.event({ type: 'content_block_stop', index: 0 });
  }
  assembler.delta(0, 'tool_use', '}');
  assembler.closeOpenBlocks();
  assert.equal(parse.mock.callCount(), 2);
  const [block] = assembler.message.content;
  assert.deepEqual(block?.type === 'tool_use' && block.input, { a: 1 });
});

test('an input that goes on behind its end and is broken then is no input', () => {
  const assembler = new AnswerAssembler(silent, border.redaction);
  assembler.event({ type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: 'f' } });
  assembler.delta(0, 'tool_use', '{"a":1}');
  assembler.event({ type: 'content_block_stop', index: 0 });
  assembler.delta(0, 'tool_use', '{"b"');
  assembler.closeOpenBlocks();
  const [block] = assembler.message.content;
  assert.equal(block?.type === 'tool_use' && block.input, undefined);
});

test('messages in a hundred thousand envelopes are no message, and nothing overflows', async () => {
  const depth = 100_000;
  const outcome = await read(`${'{"data":'.repeat(depth)}{"content":[]}${'}'.repeat(depth)}`, {});
  assert.equal(outcome.kind, 'error');
});

function read(body: string, limits: Partial<AnswerLimits>, status = 200, bytes = 1_000_000) {
  const all = new TextEncoder().encode(body);
  const chunks = Array.from({ length: Math.ceil(all.length / bytes) }, (_, index) =>
    all.subarray(index * bytes, (index + 1) * bytes),
  );
  const set = { ...usualLimits, ...limits };
  const response = { status, headers: {}, body: arriving(chunks) };
  return readAnswer(response, border, new AnswerAssembler(silent, border.redaction, set.blocks), { limits: set });
}
