import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import type { ErrorBody, Json } from './client.ts';
import { HEADERS, MODEL, body, message, post } from './client.ts';

const MAIN = fileURLToPath(new URL('../../../harness/endpoint/main.ts', import.meta.url));

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
after(() => endpoint.close());

test('every answer carries a request id and rate limits', async () => {
  for (const request of [body('hi'), {}]) {
    const { headers } = await post(endpoint, request);
    assert.match(headers.get('request-id') ?? '', /^req_\w+$/);
    assert.match(headers.get('anthropic-ratelimit-tokens-remaining') ?? '', /^\d+$/);
    assert.match(headers.get('anthropic-ratelimit-requests-reset') ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  }
});

test('a key is taken from x-api-key and from a bearer token', async () => {
  const few = await startDemoEndpoint({ keys: ['right'] });
  const status = async (headers: Record<string, string>): Promise<number> => {
    const response = await fetch(`${few.baseUrl}/v1/models`, {
      headers: { 'anthropic-version': '2023-06-01', ...headers },
    });
    return response.status;
  };
  try {
    assert.equal(await status({ 'x-api-key': 'right' }), 200);
    assert.equal(await status({ authorization: 'Bearer right' }), 200);
    assert.equal(await status({ 'x-api-key': 'wrong', authorization: 'Bearer right' }), 401);
  } finally {
    await few.close();
  }
});

test('an unknown path is not found, in the shape of the service', async () => {
  const response = await fetch(`${endpoint.baseUrl}/v1/nothing`, { headers: HEADERS });
  assert.equal(response.status, 404);
  assert.deepEqual(((await response.json()) as ErrorBody).error, { type: 'not_found_error', message: 'Not Found' });
});

test('a known path takes its own method only', async () => {
  assert.equal((await fetch(`${endpoint.baseUrl}/v1/messages`, { headers: HEADERS })).status, 405);
});

test('the models are listed, and one can be asked for', async () => {
  const list = (await (await fetch(`${endpoint.baseUrl}/v1/models?limit=1000`, { headers: HEADERS })).json()) as {
    data: Json[];
    has_more: boolean;
    first_id: string;
    last_id: string;
  };
  assert.equal(list.has_more, false);
  assert.deepEqual([list.first_id, list.last_id], [list.data.at(0)?.['id'], list.data.at(-1)?.['id']]);
  const one: unknown = await (await fetch(`${endpoint.baseUrl}/v1/models/${MODEL}`, { headers: HEADERS })).json();
  assert.deepEqual(
    one,
    list.data.find(model => model['id'] === MODEL),
  );
  assert.equal((await fetch(`${endpoint.baseUrl}/v1/models/gpt-5`, { headers: HEADERS })).status, 404);
});

test('tokens are counted without an answer, and as the answer counts them', async () => {
  const request = { model: MODEL, messages: [{ role: 'user', content: 'How many tokens are there in this?' }] };
  const counted = (await (await post(endpoint, request, { path: '/v1/messages/count_tokens' })).json()) as Json;
  const answer = await message(endpoint, { ...request, max_tokens: 100 });
  assert.equal(counted['input_tokens'], answer.usage['input_tokens']);
  const refused = await post(endpoint, { ...request, max_tokens: 5 }, { path: '/v1/messages/count_tokens' });
  assert.equal(((await refused.json()) as ErrorBody).error.message, 'max_tokens: Extra inputs are not permitted');
});

test('a marked prefix is written to the cache once and read the next time', async () => {
  const system = [{ type: 'text', text: 'pears and plums '.repeat(400), cache_control: { type: 'ephemeral' } }];
  const usage = async (question: string): Promise<(number | undefined)[]> => {
    const { usage: spent } = await message(endpoint, body(question, { system }));
    return ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].map(name => spent[name]);
  };
  assert.deepEqual(await usage('one'), [5, 1600, 0]);
  assert.deepEqual(await usage('two'), [5, 0, 1600]);
});

test('a conversation that grows reads what it wrote before, although its mark has moved on', async () => {
  const fruit = 'cherries '.repeat(600);
  const marked = (text: string): Json => ({
    role: 'user',
    content: [{ type: 'text', text, cache_control: { type: 'ephemeral' } }],
  });
  const one = await message(endpoint, { ...body(''), messages: [marked(fruit)] });
  const messages = [{ role: 'user', content: fruit }, { role: 'assistant', content: 'Yes.' }, marked('And figs?')];
  const two = await message(endpoint, { ...body(''), messages });
  assert.equal(one.usage['cache_read_input_tokens'], 0);
  assert.ok((one.usage['cache_creation_input_tokens'] ?? 0) > 1024);
  assert.equal(two.usage['cache_read_input_tokens'], one.usage['cache_creation_input_tokens']);
  assert.ok((two.usage['cache_creation_input_tokens'] ?? 0) > 0);
});

test('a prefix that is too short for the model is not cached', async () => {
  const system = [{ type: 'text', text: 'short', cache_control: { type: 'ephemeral' } }];
  const { usage } = await message(endpoint, body('hi', { system }));
  assert.deepEqual([usage['cache_creation_input_tokens'], usage['cache_read_input_tokens']], [0, 0]);
});

test('every request is recorded as it came', async () => {
  const index = endpoint.requests.length;
  const arrival = endpoint.arrival(index);
  await post(endpoint, body('Remember this'));
  const recorded = endpoint.requests[index];
  assert.equal(await arrival, recorded);
  assert.ok(recorded);
  assert.deepEqual([recorded.method, recorded.path], ['POST', '/v1/messages']);
  assert.equal(recorded.headers['x-api-key'], HEADERS['x-api-key']);
  assert.deepEqual(recorded.body, body('Remember this'));
  const end = await recorded.closed;
  assert.equal(end.finished, true);
  assert.ok(end.atMs >= recorded.arrivedAtMs);
});

test('a body that is no JSON is recorded as text', async () => {
  await post(endpoint, '{"half":');
  assert.equal(endpoint.requests.at(-1)?.body, '{"half":');
});

test('the endpoint notices that the client has left a running stream', async () => {
  const slow = await startDemoEndpoint({ pace: 10 });
  try {
    const leaving = new AbortController();
    const response = await post(slow, body('20 long paragraphs', { stream: true }), { signal: leaving.signal });
    assert.ok(response.body);
    await response.body.getReader().read();
    leaving.abort();
    const end = await slow.requests[0]?.closed;
    assert.equal(end?.finished, false);
  } finally {
    await slow.close();
  }
});

test('close ends the streams that are open', async () => {
  const slow = await startDemoEndpoint();
  slow.faults.next({ kind: 'stall', afterPieces: 1 });
  const response = await post(slow, body('hi', { stream: true }));
  const rest = response.text();
  const [, end] = await Promise.all([assert.rejects(rest), slow.close()]);
  assert.equal(end, undefined);
  await assert.rejects(fetch(slow.baseUrl), TypeError);
});

test('a port that is taken is refused in one clear sentence', async () => {
  await assert.rejects(startDemoEndpoint({ port: endpoint.port }), {
    name: 'Error',
    message: `The demo endpoint cannot listen because port ${endpoint.port} of 127.0.0.1 is already in use by another program.`,
  });
});

test('run alone, it prints its base URL, answers and ends cleanly', async () => {
  const child = spawn(process.execPath, [MAIN, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const [printed] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const baseUrl = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';
  assert.equal((await fetch(`${baseUrl}/v1/models`, { headers: HEADERS })).status, 200);
  child.kill('SIGINT');
  assert.deepEqual(await exit, [0, null]);
});
