import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerAssembler } from '../../../src/core/messages/assembler.ts';
import { type AnswerOutcome, readAnswer } from '../../../src/core/messages/readAnswer.ts';
import type { Citation } from '../../../src/core/messages/wire.ts';
import { borderWithoutNetwork } from '../../support/border.ts';
import { arriving, everySlicing } from '../../support/slicings.ts';

const start =
  '{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":7,"output_tokens":1}}}';
const textStart = '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}';
const hello = '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße, 世界 😀"}}';
const blockStop = '{"type":"content_block_stop","index":0}';
const end =
  '{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}';
const stop = '{"type":"message_stop"}';
const complete = [start, textStart, hello, blockStop, end, stop];

function named(events: string[], eol = '\n'): string {
  return events
    .map(data => `event: ${(JSON.parse(data) as { type: string }).type}${eol}data: ${data}${eol}${eol}`)
    .join('');
}

function cited(title: string): Citation {
  return {
    type: 'web_search_result_location',
    url: 'https://a.test',
    title,
    encrypted_index: 'Eo8',
    cited_text: title,
  };
}

function cites(title: string): string {
  const delta = { type: 'citations_delta', citation: cited(title) };
  return JSON.stringify({ type: 'content_block_delta', index: 0, delta });
}

interface Case {
  name: string;
  body: string;
  status?: number;
  kind: AnswerOutcome['kind'];
  text?: string;
  check?: (outcome: AnswerOutcome) => void;
}

const greeting = 'Grüße, 世界 😀';

function problemOf(outcome: AnswerOutcome) {
  assert.ok(outcome.kind !== 'complete');
  return outcome.error.problem;
}

const cases: Case[] = [
  { name: 'a stream as the protocol has it', body: named(complete), kind: 'complete', text: greeting },
  { name: 'lines that end in CRLF', body: named(complete, '\r\n'), kind: 'complete', text: greeting },
  { name: 'a byte order mark before the stream', body: `\uFEFF${named(complete)}`, kind: 'complete', text: greeting },
  {
    name: 'data without event names',
    body: complete.map(data => `data: ${data}\n\n`).join(''),
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'no space after the colon',
    body: complete.map(data => `data:${data}\n\n`).join(''),
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'comments, pings and blank lines between',
    body: `: PING\n\n\n${named([start])}event: ping\ndata: {"type":"ping"}\n\n${named(complete.slice(1))}`,
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'citations of a text, between its pieces',
    body: named([start, textStart, cites('1'), hello, cites('é😀'), blockStop, end, stop]),
    kind: 'complete',
    text: greeting,
    check: ({ message }) =>
      assert.deepEqual(message.content, [{ type: 'text', text: greeting, citations: [cited('1'), cited('é😀')] }]),
  },
  { name: 'a closing [DONE]', body: `${named(complete)}data: [DONE]\n\n`, kind: 'complete', text: greeting },
  { name: 'a last event without a blank line', body: named(complete).trimEnd(), kind: 'complete', text: greeting },
  {
    name: 'no message_stop after a stop reason',
    body: named([start, textStart, hello, end]),
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'a stream that ends without its end',
    body: named([start, textStart, hello]),
    kind: 'endedEarly',
    text: greeting,
  },
  {
    name: 'a [DONE] that stands for no end',
    body: `${named([start, textStart, hello])}data: [DONE]\n\n`,
    kind: 'endedEarly',
    text: greeting,
  },
  {
    name: 'a delta whose block never started',
    body: named([start, hello, end, stop]),
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'the same message_start twice',
    body: named([start, start, ...complete.slice(1)]),
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'a second answer on the same stream',
    body: named([
      start,
      textStart,
      hello,
      start.replace('msg_1', 'msg_2'),
      textStart,
      hello.replace(greeting, 'anew'),
      end,
      stop,
    ]),
    kind: 'complete',
    text: 'anew',
  },
  {
    name: 'a whole message where a stream was asked for',
    body: `{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"${greeting}"}],"stop_reason":"end_turn","usage":{"input_tokens":7,"output_tokens":9}}`,
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'a message in an envelope',
    body: `{"code":200,"data":{"id":"msg_1","type":"message","role":"assistant","content":[{"type":"text","text":"${greeting}"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":7,"output_tokens":9}}}`,
    kind: 'complete',
    text: greeting,
  },
  {
    name: 'events in envelopes',
    body: complete.map(data => `data: {"code":200,"data":${data}}\n\n`).join(''),
    kind: 'complete',
    text: greeting,
  },
  { name: 'a whole message that is cut', body: '{"type":"message","content":[{"type":"text","te', kind: 'endedEarly' },
  {
    name: 'an empty body',
    body: '',
    kind: 'endedEarly',
    check: outcome => assert.equal(problemOf(outcome).kind, 'emptyReply'),
  },
  {
    name: 'a body of white space',
    body: '\r\n\n',
    kind: 'endedEarly',
    check: outcome => assert.equal(problemOf(outcome).kind, 'emptyReply'),
  },
  {
    name: 'a stream without an event of an answer',
    body: ': PING\n\nevent: ping\ndata: {"type":"ping"}\n\ndata: [DONE]\n\n',
    kind: 'endedEarly',
    check: outcome => assert.equal(problemOf(outcome).kind, 'emptyReply'),
  },
  {
    name: 'an empty server error',
    body: '',
    status: 500,
    kind: 'error',
    check: outcome => assert.equal(problemOf(outcome).kind, 'serverError'),
  },
  {
    name: "an error event in Anthropic's shape",
    body: `${named([start, textStart, hello])}event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n`,
    kind: 'error',
    text: greeting,
    check: outcome => assert.deepEqual(problemOf(outcome), { kind: 'overloaded', detail: 'Overloaded' }),
  },
  {
    name: 'an error as bare JSON on the running stream',
    body: `${named([start, textStart, hello])}{"type":"error","error":{"type":"upstream_error","message":"channel lost"}}`,
    kind: 'error',
    text: greeting,
    check: outcome => assert.equal(problemOf(outcome).detail, 'channel lost'),
  },
  {
    name: 'an error without an event name',
    body: `${named([start])}data: {"error":{"message":"gateway gave up","type":"server_error"}}\n\n`,
    kind: 'error',
    check: outcome => assert.equal(problemOf(outcome).detail, 'gateway gave up'),
  },
  {
    name: 'an error that is glued to the last event',
    body: `${named([start, textStart])}data: {"type":"ping"}{"error":{"message":"glued","type":"server_error"}}\n\n`,
    kind: 'error',
    check: outcome => assert.equal(problemOf(outcome).detail, 'glued'),
  },
  {
    name: 'an error in an answer with status 200',
    body: '{"code":402,"message":"insufficient balance"}',
    kind: 'error',
    check: outcome => assert.equal(problemOf(outcome).kind, 'billing'),
  },
  {
    name: "a relay's error with an event stream's status",
    status: 422,
    body: '{"error":{"message":"bad response status code 422 (request id: 2026x1)","type":"apimart_error","code":"bad_response_status_code"}}',
    kind: 'error',
    check: outcome => assert.equal(problemOf(outcome).requestId, '2026x1'),
  },
  {
    name: 'an HTML page',
    status: 502,
    body: '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
    kind: 'error',
    check: outcome =>
      assert.deepEqual(problemOf(outcome), { kind: 'serverError', detail: '502 Bad Gateway', status: 502 }),
  },
  {
    name: 'a login page with status 200',
    body: '<!doctype html><title>Sign in</title>',
    kind: 'error',
    check: outcome => assert.equal(problemOf(outcome).kind, 'unreadable'),
  },
];

for (const { name, body, status = 200, kind, text, check } of cases) {
  test(`${name} reads as ${kind} in every slicing`, async () => {
    for (const slicing of everySlicing(new TextEncoder().encode(body))) {
      const assembler = new AnswerAssembler(silent, border.redaction);
      const outcome = await readAnswer({ status, headers: {}, body: arriving(slicing.chunks) }, border, assembler);
      assert.equal(outcome.kind, kind, slicing.name);
      if (text !== undefined) assert.equal(textOf(outcome), text, slicing.name);
      check?.(outcome);
    }
  });
}

test('usage is cumulative: a later number replaces an earlier one and a zero replaces none', async () => {
  const late =
    '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":0,"output_tokens":40,"cache_read_input_tokens":5}}';
  const outcome = await read(named([start, textStart, hello, blockStop, late, stop]));
  assert.deepEqual(outcome.message.usage, { input_tokens: 7, output_tokens: 40, cache_read_input_tokens: 5 });
});

test('a tool input comes in pieces and is parsed when its block ends', async () => {
  const events = [
    start,
    '{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}',
    ...['', '{"a": [1, ', '"}"]', '}'].map(
      piece =>
        `{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":${JSON.stringify(piece)}}}`,
    ),
    blockStop,
    end.replace('end_turn', 'tool_use'),
    stop,
  ];
  const { message } = await read(named(events));
  assert.deepEqual(message.content, [
    { type: 'tool_use', id: 'toolu_1', name: 'f', inputJson: '{"a": [1, "}"]}', input: { a: [1, '}'] } },
  ]);
  assert.equal(message.stopReason, 'tool_use');
});

test('a tool input that is cut has no parsed input', async () => {
  const { message } = await read(
    named([
      start,
      '{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}',
      '{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\": [1"}}',
      blockStop,
      end.replace('end_turn', 'max_tokens'),
      stop,
    ]),
  );
  assert.deepEqual(message.content, [{ type: 'tool_use', id: 't', name: 'f', inputJson: '{"a": [1' }]);
});

test('tool inputs that relays encode twice, leave out or give whole are objects all the same', async () => {
  for (const [input, expected] of [
    ['"{\\"a\\":1}"', { a: 1 }],
    ['null', {}],
    ['""', {}],
    ['{"a":1}', { a: 1 }],
  ] as const) {
    const body = `{"type":"message","content":[{"type":"tool_use","id":"t","name":"f","input":${input}}],"stop_reason":"tool_use"}`;
    const [block] = (await read(body)).message.content;
    assert.deepEqual(block?.type === 'tool_use' && block.input, expected, input);
  }
});

test('thinking keeps its signature and redacted thinking its data', async () => {
  const events = [
    start,
    '{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}',
    blockStop,
    '{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"opaque"}}',
    '{"type":"content_block_stop","index":1}',
    end,
    stop,
  ];
  assert.deepEqual((await read(named(events))).message.content, [
    { type: 'thinking', thinking: 'hm', signature: 'c2ln' },
    { type: 'redacted_thinking', data: 'opaque' },
  ]);
});

test('types that are not known are kept and counted', async () => {
  const assembler = new AnswerAssembler(silent, border.redaction);
  const body = `event: vertex_event\ndata: {"x":1}\n\n${named([start, '{"type":"content_block_start","index":0,"content_block":{"type":"new_block","x":1}}', end, stop])}`;
  const bytes = new TextEncoder().encode(body);
  const { message } = await readAnswer({ status: 200, headers: {}, body: arriving([bytes]) }, border, assembler);
  assert.deepEqual(message.content, [{ type: 'other', raw: { type: 'new_block', x: 1 } }]);
  assert.deepEqual(
    [...assembler.unknownTypes],
    [
      ['vertex_event', 1],
      ['block new_block', 1],
    ],
  );
});

const border = borderWithoutNetwork();
const silent = { blockStarted: () => undefined, textAppended: () => undefined, restarted: () => undefined };

function read(body: string): Promise<AnswerOutcome> {
  const bytes = new TextEncoder().encode(body);
  return readAnswer(
    { status: 200, headers: {}, body: arriving([bytes]) },
    border,
    new AnswerAssembler(silent, border.redaction),
  );
}

function textOf({ message }: AnswerOutcome): string {
  return message.content.map(block => (block.type === 'text' ? block.text : '')).join('');
}

const refusal = { type: 'refusal', category: 'cyber', explanation: 'No exploits here.' };

test('what an endpoint says of a refusal is kept, streamed or whole, beside the delta too, and without keys', async () => {
  const key = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijkl';
  const kept = { category: 'cyber', explanation: 'No exploits here.' };
  const inDelta = end.replace('"end_turn"', `"refusal","stop_details":${JSON.stringify(refusal)}`);
  const beside = end.replace('"delta"', `"stop_details":${JSON.stringify(refusal)},"delta"`);
  const withKey = inDelta.replace('No exploits', `${key} has no exploits`);
  const empty = end.replace(
    '"end_turn"',
    '"refusal","stop_details":{"type":"refusal","category":null,"explanation":null}',
  );
  const odd = end.replace('"end_turn"', '"refusal","stop_details":["x",{"category":7}]');
  const whole = JSON.stringify({
    ...{ id: 'm', type: 'message', role: 'assistant', model: 'x', content: [], stop_reason: 'refusal' },
    ...{ stop_details: refusal, usage: {} },
  });
  const silent = { blockStarted: () => undefined, textAppended: () => undefined, restarted: () => undefined };
  const detailsOf = async (body: string) => {
    const border = borderWithoutNetwork();
    const assembler = new AnswerAssembler(silent, border.redaction);
    await readAnswer({ status: 200, headers: {}, body: arriving([Buffer.from(body)]) }, border, assembler);
    return assembler.message.stopDetails;
  };
  const streamed = (last: string): string => named([...complete.slice(0, 4), last, stop]);
  assert.deepEqual(await detailsOf(streamed(inDelta)), kept);
  assert.deepEqual(await detailsOf(streamed(beside)), kept);
  assert.deepEqual(await detailsOf(whole), kept);
  assert.deepEqual(await detailsOf(streamed(empty)), undefined);
  assert.deepEqual(await detailsOf(streamed(odd)), undefined);
  const redacted = await detailsOf(streamed(withKey));
  assert.match(redacted?.explanation ?? '', /has no exploits here\.$/);
  assert.equal(JSON.stringify(redacted).includes(key), false);
});

for (const [said, kept] of [
  ['refusal', 'refusal'],
  ['content_filter', 'content_filter'],
  ['length', 'max_tokens'],
  ['tool_calls', 'tool_use'],
  ['stop', 'end_turn'],
] as const) {
  test(`an answer that a relay ends with “${said}” has ended with ${kept}`, async () => {
    const silent = { blockStarted: () => undefined, textAppended: () => undefined, restarted: () => undefined };
    const border = borderWithoutNetwork();
    const assembler = new AnswerAssembler(silent, border.redaction);
    const body = Buffer.from(named([...complete.slice(0, 4), end.replace('end_turn', said), stop]));
    await readAnswer({ status: 200, headers: {}, body: arriving([body]) }, border, assembler);
    assert.equal(assembler.message.stopReason, kept);
  });
}
