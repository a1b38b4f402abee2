import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, test, type TestContext } from 'node:test';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import { defaultNetwork } from '../../../src/core/transport/network.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import { countTokens, type CountingMemory } from '../../../src/core/tokens/countTokens.ts';
import { estimateRequestTokens } from '../../../src/core/tokens/estimate.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';

const transport = createUndiciTransport({ ...defaultNetwork, proxy: '' });
after(() => transport.close());

const request: MessagesRequest = {
  model: 'claude-sonnet-4-5-20250929',
  max_tokens: 100,
  stream: true,
  temperature: 0.3,
  stop_sequences: ['END'],
  metadata: { user_id: 'u' },
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'Hello there' }],
};
const estimated = estimateRequestTokens(request);

function memoryOf(): CountingMemory & { unavailable: Set<string> } {
  const unavailable = new Set<string>();
  return {
    unavailable,
    isUnavailable: origin => unavailable.has(origin),
    setUnavailable: origin => void unavailable.add(origin),
  };
}

function reply(status: number, body: string, type = 'application/json') {
  return (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  };
}

async function count(t: TestContext, ...answers: ((response: ServerResponse) => void)[]) {
  const server = await startScriptedServer(...answers);
  t.after(() => server.close());
  const memory = memoryOf();
  const again = (signal = new AbortController().signal, deadlineMs = 60_000) =>
    countTokens(
      request,
      { messagesUrl: `${server.origin}/v1/messages`, key: 'secret-key' },
      { transport: () => Promise.resolve(transport), memory, deadlineMs },
      signal,
    );
  return { server, memory, again };
}

test('the demo endpoint counts what an answer would be charged for', async t => {
  const demo = await startDemoEndpoint();
  t.after(() => demo.close());
  const memory = memoryOf();
  const counted = await countTokens(
    request,
    { messagesUrl: `${demo.baseUrl}/v1/messages`, key: 'demo' },
    { transport: () => Promise.resolve(transport), memory },
    new AbortController().signal,
  );
  assert.equal(counted.isEstimate, false);
  const answer = await fetch(`${demo.baseUrl}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'demo', 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, stream: false }),
  });
  const { usage } = (await answer.json()) as { usage: { input_tokens: number } };
  assert.equal(counted.tokens, usage.input_tokens);
  assert.equal(memory.unavailable.size, 0);
});

test('sends what the model reads and nothing else, and the key as a header only', async t => {
  const { server, again } = await count(t, reply(200, '{"input_tokens":17}'));
  assert.deepEqual(await again(), { tokens: 17, isEstimate: false });
  const [sent] = server.requests;
  assert.deepEqual(Object.keys(JSON.parse(sent?.body ?? '') as object), ['model', 'messages', 'system']);
  assert.equal(sent?.headers['x-api-key'], 'secret-key');
  assert.equal(sent.body.includes('secret-key'), false);
});

test('a count in a relay’s envelope is read', async t => {
  const { again } = await count(t, reply(200, '{"code":200,"data":{"input_tokens":5}}'));
  assert.deepEqual(await again(), { tokens: 5, isEstimate: false });
});

const missing: [name: string, answer: (response: ServerResponse) => void][] = [
  ['404 of a relay', reply(404, '{"error":{"message":"Invalid URL (POST /v1/messages/count_tokens)"}}')],
  ['404 without a body', reply(404, '')],
  ['405', reply(405, '{"detail":"Method Not Allowed"}')],
  ['501', reply(501, '{"error":{"message":"not implemented"}}')],
  ['an HTML page with status 200', reply(200, '<!doctype html><title>Home</title>', 'text/html')],
  ['an HTML page with status 404', reply(404, '<html><title>Not Found</title></html>', 'text/html')],
];
for (const [name, answer] of missing) {
  test(`${name}: estimates, and asks this origin only once`, async t => {
    const { server, memory, again } = await count(t, answer);
    assert.deepEqual(await again(), estimated);
    assert.deepEqual(await again(), estimated);
    assert.equal(server.requests.length, 1);
    assert.deepEqual([...memory.unavailable], [server.origin]);
  });
}

const passing: [name: string, answer: (response: ServerResponse) => void][] = [
  ['429', reply(429, '{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}')],
  ['503', reply(503, '<html>busy</html>', 'text/html')],
  ['401', reply(401, '{"type":"error","error":{"type":"authentication_error","message":"no"}}')],
  ['404 of an unknown model', reply(404, '{"type":"error","error":{"type":"not_found_error","message":"model: m"}}')],
  ['an answer without a count', reply(200, '{"ok":true}')],
  ['a lost connection', response => response.destroy()],
];
for (const [name, answer] of passing) {
  test(`${name}: estimates now and asks again the next time`, async t => {
    const { server, again } = await count(t, answer, reply(200, '{"input_tokens":9}'));
    assert.deepEqual(await again(), estimated);
    assert.deepEqual(await again(), { tokens: 9, isEstimate: false });
    assert.equal(server.requests.length, 2);
  });
}

test('an endpoint that does not answer in time is not waited for', async t => {
  const { memory, again } = await count(t, () => undefined);
  assert.deepEqual(await again(undefined, 100), estimated);
  assert.equal(memory.unavailable.size, 0);
});

test('an abort ends the request down to the socket and is thrown', async t => {
  const { server, again } = await count(t, () => undefined);
  const abort = new AbortController();
  const counting = again(abort.signal);
  await server.asked;
  abort.abort();
  await assert.rejects(counting, { name: 'AbortError' });
  await server.socketClosed;
});
