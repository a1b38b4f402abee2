import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import type { ErrorBody, Json, MessageBody } from './client.ts';
import { body, eventsIn, joined, message, post, textOf } from './client.ts';
import { QUESTION, REQUEST, raw, whole } from './raw-answer.ts';

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
afterEach(() => endpoint.faults.clear());
after(() => endpoint.close());

test('a fault meets as many requests as it was told to, then all is well again', async () => {
  endpoint.faults.next({ kind: 'status', status: 529 }, 2);
  const statuses = [];
  for (let n = 0; n < 3; n++) statuses.push((await post(endpoint, REQUEST)).status);
  assert.deepEqual(statuses, [529, 529, 200]);
});

test('faults come in the order in which they were queued, and clear takes them away', async () => {
  endpoint.faults.next({ kind: 'status', status: 500 });
  endpoint.faults.next({ kind: 'status', status: 503 });
  endpoint.faults.next({ kind: 'status', status: 504 });
  assert.equal((await post(endpoint, REQUEST)).status, 500);
  assert.equal((await post(endpoint, REQUEST)).status, 503);
  endpoint.faults.clear();
  assert.equal((await post(endpoint, REQUEST)).status, 200);
});

test('a status has the type and the text of the service, and any header', async () => {
  endpoint.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '2' } });
  const response = await post(endpoint, REQUEST);
  assert.equal(response.status, 429);
  assert.equal(response.headers.get('retry-after'), '2');
  const error = (await response.json()) as ErrorBody;
  assert.deepEqual(error.error, {
    type: 'rate_limit_error',
    message: 'This request would exceed your rate limit.',
  });
});

const failure = { kind: 'status', status: 502, type: 'new_api_error', message: 'no channel' } as const;
for (const [shape, expected] of [
  [
    'relay',
    /^\{"error":\{"message":"no channel \(request id: req_\w+\)","type":"new_api_error","param":"","code":""\}\}$/,
  ],
  ['string', /^\{"error":"Bad Gateway","message":"no channel"\}$/],
  [
    'nested',
    /"error":\{"type":"request_fail","upstream_error":\{"type":"error","error":\{"type":"new_api_error","message":"no channel"\}\}\}/,
  ],
  ['html', /^<!DOCTYPE html>[^]*502 Bad Gateway/],
  ['empty', /^$/],
] as const) {
  test(`a status can have a body of the shape "${shape}"`, async () => {
    const { text, response } = await raw(endpoint, { ...failure, shape });
    assert.equal(response.status, 502);
    assert.match(text, expected);
  });
}

test('a status can have any body', async () => {
  const { text } = await raw(endpoint, { ...failure, body: 'Just a moment…' });
  assert.equal(text, 'Just a moment…');
});

test('an envelope wraps the message, or every event of a stream', async () => {
  endpoint.faults.next({ kind: 'envelope' });
  const wrapped = (await (await post(endpoint, body(QUESTION))).json()) as { code: number; data: MessageBody };
  assert.equal(wrapped.code, 200);
  assert.equal(textOf(wrapped.data), await whole(endpoint));
  const events = eventsIn((await raw(endpoint, { kind: 'envelope' })).text);
  for (const { name, data } of events) {
    assert.deepEqual([data['code'], (data['data'] as Json)['type']], [200, name]);
  }
});

test('an error can come in an envelope with HTTP 200', async () => {
  const { text, response } = await raw(endpoint, { kind: 'envelopeError', code: 401, message: 'invalid API key' });
  assert.equal(response.status, 200);
  assert.equal(text, '{"code":401,"message":"invalid API key"}');
});

test('JSON can come in place of a stream, and a stream in place of JSON', async () => {
  const { text } = await raw(endpoint, { kind: 'jsonForStream' });
  assert.equal(textOf(JSON.parse(text) as MessageBody), await whole(endpoint));
  endpoint.faults.next({ kind: 'streamForJson' });
  const events = eventsIn(await (await post(endpoint, body(QUESTION))).text());
  assert.equal(joined(events, 'text_delta', 'text'), await whole(endpoint));
});

test('silence comes before the headers', async () => {
  const start = performance.now();
  endpoint.faults.next({ kind: 'silence', ms: 120 });
  await post(endpoint, REQUEST);
  assert.ok(performance.now() - start >= 115);
});

test('a connection can be refused', async () => {
  endpoint.faults.next({ kind: 'refuseConnection' });
  const before = endpoint.requests.length;
  await assert.rejects(post(endpoint, REQUEST), TypeError);
  assert.equal(endpoint.requests.length, before + 1);
});

test('lines can end with CR LF, and a byte order mark can come first', async () => {
  const { text } = await raw(endpoint, [{ kind: 'crlf' }, { kind: 'bom' }]);
  assert.ok(text.startsWith('\ufeffevent: message_start\r\n'));
  assert.doesNotMatch(text, /[^\r]\n/);
});

test('a stream can be compressed', async () => {
  const { text, response } = await raw(endpoint, { kind: 'gzip' });
  assert.equal(response.headers.get('content-encoding'), 'gzip');
  assert.equal(joined(eventsIn(text), 'text_delta', 'text'), await whole(endpoint));
});

test('bytes can come in slices of any size', async () => {
  endpoint.faults.next({ kind: 'slices', bytes: 7 });
  const response = await post(endpoint, body('Tell me of ペンギン', { stream: true, max_tokens: 120 }));
  assert.ok(response.body);
  const sizes = [];
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) sizes.push(read.value.length);
  assert.ok(sizes.length > 50, `${sizes.length} chunks`);
});

test('the content type can lie, and the answer can name another model', async () => {
  const { text, response } = await raw(endpoint, [
    { kind: 'contentType', value: 'application/json' },
    { kind: 'otherModel', model: 'claude-other' },
  ]);
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.match(text, /"model":"claude-other"/);
});

test('an answer can be scripted block by block, after the request has been validated', async () => {
  const script = {
    kind: 'script',
    content: [
      { type: 'text', text: 'Look:' },
      { type: 'tool_use', id: 'toolu_1', name: 'look', json: '{"broken": ' },
    ],
  } as const;
  const events = eventsIn((await raw(endpoint, script)).text);
  assert.equal(joined(events, 'text_delta', 'text'), 'Look:');
  assert.equal(joined(events, 'input_json_delta', 'partial_json'), '{"broken": ');
  const end = events.at(-2)?.data as { delta: Json };
  assert.equal(end.delta['stop_reason'], 'tool_use');
  endpoint.faults.next(script);
  assert.equal((await post(endpoint, { ...REQUEST, nonsense: 1 })).status, 400);
});

test('a scripted answer can have any reason to stop', async () => {
  endpoint.faults.next({ kind: 'script', content: [], stopReason: 'pause_turn' });
  assert.equal((await message(endpoint, body(QUESTION))).stop_reason, 'pause_turn');
});

test('other routes have faults of their own, which leave the messages alone', async () => {
  endpoint.faults.nextFor('count_tokens', { kind: 'status', status: 404 });
  endpoint.faults.nextFor('models', { kind: 'status', status: 200, body: '{"object":"list","data":[]}' });
  assert.equal((await post(endpoint, REQUEST)).status, 200);
  assert.equal((await post(endpoint, REQUEST, { path: '/v1/messages/count_tokens' })).status, 404);
  const models = await fetch(`${endpoint.baseUrl}/v1/models`);
  assert.equal(await models.text(), '{"object":"list","data":[]}');
});
