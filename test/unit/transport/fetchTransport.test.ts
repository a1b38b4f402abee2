import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { createFetchTransport } from '../../../src/core/transport/fetchTransport.ts';
import { defaultNetwork, type NetworkSettings } from '../../../src/core/transport/network.ts';
import {
  isTransportError,
  type TransportFailure,
  type TransportResponse,
} from '../../../src/core/transport/transport.ts';
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
  const response = await send();
  assert.equal(response.status, 307);
  assert.equal(await textOf(response), '');
  assert.equal(server.requests.length, 1);
});

test('an abort closes the socket', async t => {
  const { server, send, abort } = await setUp(t, response => response.writeHead(200).write('first'));
  const response = await send();
  const reading = textOf(response, () => abort.abort());
  await assert.rejects(reading, error => !isTransportError(error));
  await server.socketClosed;
});

test('no first byte in time is a timeout', async t => {
  const { send } = await setUp(t, () => undefined, { firstByteTimeoutMs: 100 });
  await rejectsWith(send(), 'timeout');
});

test('silence in the middle is a timeout', async t => {
  const { send } = await setUp(t, response => response.writeHead(200).write('first'), { idleTimeoutMs: 100 });
  await rejectsWith(textOf(await send()), 'timeout');
});

test('a connection that is dropped in the middle is lost', async t => {
  const firstRead = Promise.withResolvers<undefined>();
  const { send } = await setUp(t, response => {
    response.writeHead(200).write('first');
    void firstRead.promise.then(() => response.destroy());
  });
  await rejectsWith(
    textOf(await send(), () => firstRead.resolve(undefined)),
    'connectionLost',
  );
});

test('nobody listening is unreachable', async t => {
  const { server, send } = await setUp(t, () => undefined);
  await server.close();
  await rejectsWith(send(), 'unreachable');
});

const codes: [what: string, error: Error, failure: TransportFailure, code: string][] = [
  ['Chromium’s', new TypeError('net::ERR_NAME_NOT_RESOLVED'), 'unreachable', 'ERR_NAME_NOT_RESOLVED'],
  ['Chromium’s of a certificate', new Error('net::ERR_CERT_DATE_INVALID'), 'certificate', 'ERR_CERT_DATE_INVALID'],
  ['Chromium’s of a proxy', new Error('net::ERR_TUNNEL_CONNECTION_FAILED'), 'proxy', 'ERR_TUNNEL_CONNECTION_FAILED'],
  [
    'the system’s, wrapped twice',
    new TypeError('failed', { cause: new Error('failed', { cause: systemError('EAI_AGAIN') }) }),
    'unreachable',
    'EAI_AGAIN',
  ],
  ['none', new TypeError('fetch failed, ENOTFOUND'), 'connectionLost', ''],
];

for (const [what, thrown, failure, code] of codes) {
  test(`the code of a failure is carried: ${what}`, async () => {
    const transport = createFetchTransport(() => Promise.reject(thrown), defaultNetwork);
    const signal = new AbortController().signal;
    await assert.rejects(transport.send({ method: 'GET', url: 'https://x.test/', headers: {}, signal }), error => {
      assert.ok(isTransportError(error));
      assert.deepEqual([error.failure, error.code], [failure, code]);
      return true;
    });
  });
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

async function setUp(
  t: TestContext,
  answer: (response: ServerResponse) => unknown,
  limits: Partial<NetworkSettings> = {},
) {
  const server = await startScriptedServer(response => void answer(response));
  t.after(() => server.close());
  const abort = new AbortController();
  const transport = createFetchTransport((url, init) => fetch(url, init), { ...defaultNetwork, ...limits });
  const send = (): Promise<TransportResponse> =>
    transport.send({ method: 'POST', url: server.origin, headers: {}, body: 'question', signal: abort.signal });
  return { server, send, abort };
}

async function textOf(response: TransportResponse, chunkRead: () => void = () => undefined): Promise<string> {
  let text = '';
  for await (const chunk of response.body) {
    text += Buffer.from(chunk).toString();
    chunkRead();
  }
  return text;
}

async function rejectsWith(promise: Promise<unknown>, failure: TransportFailure): Promise<void> {
  await assert.rejects(promise, error => isTransportError(error) && error.failure === failure);
}
