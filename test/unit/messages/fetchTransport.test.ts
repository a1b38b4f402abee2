import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { createFetchTransport } from '../../../src/core/messages/fetchTransport.ts';
import { defaultNetwork } from '../../../src/core/messages/network.ts';
import {
  isTransportError,
  type TransportFailure,
  type TransportResponse,
} from '../../../src/core/messages/transport.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';

test('carries a request and its answer', async t => {
  const { server, send } = await setUp(t, response => response.writeHead(201, { 'x-name': 'value' }).end('hello'));
  const response = await send();
  assert.equal(response.status, 201);
  assert.equal(response.headers['x-name'], 'value');
  assert.equal(await textOf(response), 'hello');
  assert.equal(server.requests[0]?.body, 'question');
});

test('does not follow a redirect', async t => {
  const { send, server } = await setUp(t, response => response.writeHead(307, { location: '/elsewhere' }).end());
  assert.equal((await send()).status, 307);
  assert.equal(server.requests.length, 1);
});

test('an abort closes the socket within 100 ms', async t => {
  const { server, send, abort } = await setUp(t, response => response.writeHead(200).write('first'));
  const response = await send();
  const reading = textOf(response);
  await new Promise(resolve => setTimeout(resolve, 20));
  const abortedAt = performance.now();
  abort.abort();
  await assert.rejects(reading, error => !isTransportError(error));
  assert.ok((await server.socketClosed) - abortedAt < 100);
});

test('no first byte in time is a timeout', async t => {
  const { send } = await setUp(t, () => undefined);
  await rejectsWith(send(), 'timeout');
});

test('silence in the middle is a timeout', async t => {
  const { send } = await setUp(t, response => response.writeHead(200).write('first'));
  await rejectsWith(send().then(textOf), 'timeout');
});

test('a connection that is dropped in the middle is lost', async t => {
  const { send } = await setUp(t, response => {
    response.writeHead(200).write('first', () => setTimeout(() => response.destroy(), 20));
  });
  await rejectsWith(send().then(textOf), 'connectionLost');
});

test('nobody listening is unreachable', async t => {
  const { server, send } = await setUp(t, () => undefined);
  await server.close();
  await rejectsWith(send(), 'unreachable');
});

async function setUp(t: TestContext, answer: (response: ServerResponse) => unknown) {
  const server = await startScriptedServer(response => void answer(response));
  t.after(() => server.close());
  const abort = new AbortController();
  const transport = createFetchTransport((url, init) => fetch(url, init), {
    ...defaultNetwork,
    firstByteTimeoutMs: 200,
    idleTimeoutMs: 200,
  });
  const send = (): Promise<TransportResponse> =>
    transport.send({ method: 'POST', url: server.origin, headers: {}, body: 'question', signal: abort.signal });
  return { server, send, abort };
}

async function textOf(response: TransportResponse): Promise<string> {
  let text = '';
  for await (const chunk of response.body) text += Buffer.from(chunk).toString();
  return text;
}

async function rejectsWith(promise: Promise<unknown>, failure: TransportFailure): Promise<void> {
  await assert.rejects(promise, error => isTransportError(error) && error.failure === failure);
}
