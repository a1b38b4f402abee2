import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import { pace } from '../../../harness/endpoint/pace.ts';
import type { Json } from './client.ts';
import { MODEL, body, joined, message, say, stream, textOf } from './client.ts';

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
after(() => endpoint.close());

const weather = {
  name: 'get_weather',
  input_schema: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
};

test('a stream has the events of the protocol in their order', async () => {
  const events = await stream(endpoint, body('Hello, world'));
  const names = events.map(event => event.name).filter((name, at, all) => name !== all[at - 1]);
  assert.deepEqual(names, [
    'message_start',
    'content_block_start',
    'ping',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  for (const { name, data } of events) assert.equal(data['type'], name);
});

test('a stream begins without and ends with a stop reason, and counts its tokens up', async () => {
  const events = await stream(endpoint, body('Hello, world'));
  const start = events[0]?.data['message'] as Json;
  assert.deepEqual([start['content'], start['stop_reason'], start['role']], [[], null, 'assistant']);
  assert.match(String(start['id']), /^msg_\w+$/);
  const end = events.at(-2)?.data as { delta: Json; usage: Record<string, number> };
  assert.deepEqual(end.delta, { stop_reason: 'end_turn', stop_sequence: null });
  assert.ok((end.usage['output_tokens'] ?? 0) > ((start['usage'] as Json)['output_tokens'] as number));
});

test('the pieces of a stream add up to the answer that comes without one', async () => {
  const request = body('Show me a table of planets, please 🪐🪐🪐 and 惑星');
  const events = await stream(endpoint, request);
  assert.equal(joined(events, 'text_delta', 'text'), textOf(await message(endpoint, request)));
  assert.ok(events.filter(event => event.name === 'content_block_delta').length > 10);
});

test('no piece ends inside a surrogate pair', async () => {
  const events = await stream(endpoint, body(`Say ${'😀'.repeat(80)}`));
  const texts = events.flatMap(
    ({ data }) => ((data['delta'] as Json | undefined)?.['text'] as string | undefined) ?? [],
  );
  assert.ok(texts.some(text => text.includes('😀')));
  for (const text of texts) assert.ok(text.isWellFormed(), JSON.stringify(text));
});

test('a tool call streams its input as pieces of JSON, the first of them empty', async () => {
  const request = body('Use get_weather for San Francisco', { tools: [weather] });
  const events = await stream(endpoint, request);
  const start = events.find(({ data }) => (data['content_block'] as Json | undefined)?.['type'] === 'tool_use')?.data;
  const block = start?.['content_block'] as Json;
  assert.deepEqual({ ...block, id: '' }, { type: 'tool_use', id: '', name: 'get_weather', input: {} });
  assert.match(String(block['id']), /^toolu_\w+$/);
  assert.equal(start?.['index'], 1);
  const pieces = events
    .map(({ data }) => data['delta'] as Json | undefined)
    .filter(delta => delta?.['type'] === 'input_json_delta')
    .map(delta => String(delta?.['partial_json']));
  assert.equal(pieces[0], '');
  assert.ok(pieces.length > 2);
  assert.deepEqual(JSON.parse(pieces.join('')), { location: 'San Francisco' });
  assert.deepEqual(events.at(-2)?.data['delta'], { stop_reason: 'tool_use', stop_sequence: null });
});

test('thinking comes before the text and ends with one signature', async () => {
  const request = body('Hi', { thinking: { type: 'enabled', budget_tokens: 1024 } });
  const events = await stream(endpoint, request);
  const deltas = events
    .filter(event => event.name === 'content_block_delta')
    .map(({ data }) => [data['index'], (data['delta'] as Json)['type']].join(' '))
    .filter((kind, at, all) => kind !== all[at - 1]);
  assert.deepEqual(deltas, ['0 thinking_delta', '0 signature_delta', '1 text_delta']);
});

test('thinking that is omitted has a signature and no text', async () => {
  const request = body('Hi', { model: 'claude-opus-4-8', thinking: { type: 'adaptive', display: 'omitted' } });
  const events = await stream(endpoint, request);
  assert.equal(joined(events, 'thinking_delta', 'thinking'), '');
  assert.notEqual(joined(events, 'signature_delta', 'signature'), '');
});

test('a -thinking model thinks without being told to', async () => {
  const answer = await message(endpoint, body('Hi', { model: `${MODEL}-thinking` }));
  assert.deepEqual(
    answer.content.map(block => block.type),
    ['thinking', 'text'],
  );
});

test('thinking is accepted back as it was, and refused when it was altered', async () => {
  const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 } };
  const question = { role: 'user', content: 'Use get_weather for Rome' };
  const answer = await message(endpoint, { ...body(''), ...thinking, tools: [weather], messages: [question] });
  const called = answer.content.at(-1);
  const results = { role: 'user', content: [{ type: 'tool_result', tool_use_id: called?.id, content: 'rain' }] };
  const next = (content: unknown): Json => ({
    ...body(''),
    ...thinking,
    tools: [weather],
    messages: [question, { role: 'assistant', content }, results],
  });
  const afterTool = await message(endpoint, next(answer.content));
  assert.match(textOf(afterTool), /rain/);
  // Without interleaving there is no new thinking after a tool.
  assert.deepEqual(
    afterTool.content.map(block => block.type),
    ['text'],
  );
  const altered = answer.content.map(block => (block.type === 'thinking' ? { ...block, thinking: 'Hm.' } : block));
  const refused = await fetch(`${endpoint.baseUrl}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'k', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(next(altered)),
  });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /messages\.1\.content\.0: Invalid `signature` in `thinking` block/);
});

test('hidden reasoning comes as one sealed block and is accepted back', async () => {
  const words = 'ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_1';
  const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 } };
  const answer = await message(endpoint, body(words, thinking));
  assert.equal(answer.content[0]?.type, 'redacted_thinking');
  const messages = [
    { role: 'user', content: words },
    { role: 'assistant', content: answer.content },
    { role: 'user', content: 'Go on' },
  ];
  await message(endpoint, { ...body(''), ...thinking, messages });
});

test('a stop sequence ends the answer before itself and is named', async () => {
  const answer = await message(
    endpoint,
    body('Tell me of pears', { stop_sequences: ['nowhere to be found', 'pears'] }),
  );
  assert.equal(answer.stop_reason, 'stop_sequence');
  assert.equal(answer.stop_sequence, 'pears');
  assert.match(textOf(answer), /You wrote: “Tell me of $/);
});

test('max_tokens ends the answer after so many tokens', async () => {
  const whole = await say(endpoint, 'Tell me of pears');
  const answer = await message(endpoint, body('Tell me of pears', { max_tokens: 10 }));
  assert.equal(answer.stop_reason, 'max_tokens');
  assert.equal(textOf(answer), whole.slice(0, 40));
  assert.equal(answer.usage['output_tokens'], 10);
});

test('a wide character costs a token', async () => {
  const whole = await say(endpoint, 'こんにちは');
  const short = await say(endpoint, 'こんにちは', { max_tokens: 20 });
  assert.ok(whole.startsWith(short));
  assert.ok(short.length < 40, short);
});

test('max_tokens can end a tool call in the middle of its input', async () => {
  const request = body('Use get_weather for San Francisco', {
    tools: [weather],
    tool_choice: { type: 'tool', name: 'get_weather' },
    max_tokens: 6,
  });
  const events = await stream(endpoint, request);
  assert.throws(() => JSON.parse(joined(events, 'input_json_delta', 'partial_json')) as unknown, SyntaxError);
  const end = events.at(-2)?.data as { delta: Json };
  assert.equal(end.delta['stop_reason'], 'max_tokens');
});

test('a refusal is an answer without content', async () => {
  const answer = await message(endpoint, body('ANTHROPIC_MAGIC_STRING_TRIGGER_REFUSAL_1'));
  assert.equal(answer.stop_reason, 'refusal');
  assert.deepEqual(answer.content, []);
  assert.equal(answer.stop_details?.['type'], 'refusal');
});

test('a human pace puts 25 to 40 pieces into a second', async () => {
  const waitsMs: number[] = [];
  const human = pace('human', 'Hello', waitMs => {
    waitsMs.push(waitMs);
    return Promise.resolve();
  });
  const { signal } = new AbortController();
  for (let piece = 0; piece < 1_000; piece++) await human.betweenPieces(signal);
  assert.equal(waitsMs.length, 1_000);
  const perPiece = waitsMs.reduce((sum, waitMs) => sum + waitMs, 0) / waitsMs.length;
  assert.ok(perPiece > 25 && perPiece < 40, `${perPiece} ms`);
});

test('a stream keeps its pace: it takes as long as the waits between its pieces, or longer', async () => {
  const slow = await startDemoEndpoint({ pace: 'human' });
  try {
    const startedAt = performance.now();
    const events = await stream(slow, body('Hello', { max_tokens: 60 }));
    const tookMs = performance.now() - startedAt;
    const pieces = events.filter(event => event.name === 'content_block_delta').length;
    assert.ok(pieces > 15);
    assert.ok(tookMs > 350 + (pieces - 1) * 20, `${pieces} pieces in ${tookMs} ms`);
  } finally {
    await slow.close();
  }
});
