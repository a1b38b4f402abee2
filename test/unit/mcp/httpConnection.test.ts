import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { type HttpServerOptions, type HttpServer, startHttpServer } from '../../../harness/mcp/httpServer.ts';
import { failureOf, type ServerConnection } from '../../../src/core/mcp/connection.ts';
import { connectServer } from '../../../src/core/mcp/sdkConnection.ts';
import { hear, type Heard, stopHalfway } from '../../support/mcpServer.ts';

const bounded = { timeout: 60_000 };
const never = new AbortController().signal;
const options = { signal: never, timeLimitMs: 30_000, progress: () => undefined };

type Test = { after: (work: () => unknown) => void };

async function served(t: Test, own: HttpServerOptions = {}): Promise<HttpServer> {
  const server = await startHttpServer(own);
  t.after(() => server.close());
  return server;
}

async function connected(
  t: Test,
  server: HttpServer,
  headers: Record<string, string> = {},
): Promise<{ connection: ServerConnection; heard: Heard }> {
  const heard = hear();
  const connection = await connectServer({ kind: 'http', url: server.url, headers }, heard.ports);
  t.after(() => connection.close());
  return { connection, heard };
}

test(
  'a server over HTTP lists its tools and answers calls, with the headers of its configuration',
  bounded,
  async t => {
    const server = await served(t, { authorization: 'Bearer mine' });
    const { connection } = await connected(t, server, { Authorization: 'Bearer mine' });
    const tools = await connection.listTools(never);
    assert.equal(tools[0]?.name, 'search');
    assert.deepEqual(await connection.callTool('search', { query: 'cents' }, options), {
      parts: [{ kind: 'text', text: 'Found for cents: prices are whole cents.' }],
      isError: false,
    });
    assert.ok(server.requests.every(({ headers }) => headers.authorization === 'Bearer mine'));
  },
);

test('changed tools are heard over HTTP as well', bounded, async t => {
  const server = await served(t);
  const { connection, heard } = await connected(t, server);
  while (!server.requests.some(({ method }) => method === 'GET')) await new Promise(resolve => setImmediate(resolve));
  await connection.callTool('evolve', {}, options);
  await heard.toolsChanged;
});

test('progress is told, and a call that is stopped is cancelled', bounded, async t => {
  const server = await served(t);
  const { connection } = await connected(t, server);
  await stopHalfway(connection);
  while (server.behaviour.cancelled.length === 0) await new Promise(resolve => setImmediate(resolve));
});

test('closing ends the session at the server', bounded, async t => {
  const server = await served(t);
  const { connection } = await connected(t, server);
  assert.equal(server.sessions.size, 1);
  await connection.close();
  assert.equal(server.sessions.size, 0);
});

test('a server that wants a sign-in, is not there, or leads elsewhere says which', bounded, async t => {
  const failing = async (url: string): Promise<string> => {
    const connecting = connectServer({ kind: 'http', url, headers: { Authorization: 'Bearer mine' } }, hear().ports);
    const error = await connecting.then(
      () => assert.fail('connected'),
      (thrown: unknown) => thrown,
    );
    return failureOf(error).kind;
  };
  assert.equal(await failing((await served(t, { authorization: 'Bearer other' })).url), 'signIn');
  assert.equal(await failing('http://127.0.0.1:1/mcp'), 'unreachable');
  const other = await served(t);
  const leading = await served(t, { redirectTo: other.url });
  assert.equal(await failing(leading.url), 'refused');
  assert.deepEqual(other.requests, [], 'headers go to no other origin');
});

test('a server of before streamable HTTP is reached as it wants it', bounded, async t => {
  const server = await served(t, { isOld: true, authorization: 'Bearer mine' });
  const { connection, heard } = await connected(t, server, { Authorization: 'Bearer mine' });
  assert.equal((await connection.listTools(never))[0]?.name, 'search');
  assert.deepEqual(
    server.requests.slice(0, 2).map(({ method }) => method),
    ['POST', 'GET'],
    'the present way is tried first',
  );
  await connection.callTool('evolve', {}, options);
  await heard.toolsChanged;
  await stopHalfway(connection);
});

test('a server that takes neither way says what it says of the present one', bounded, async t => {
  const server = createServer((request, response) => {
    response.writeHead(request.method === 'POST' ? 400 : 500).end(`no ${request.method}`);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const launch = { kind: 'http', url: `http://127.0.0.1:${port}/mcp`, headers: {} } as const;
  const error = await connectServer(launch, hear().ports).catch((thrown: unknown) => thrown);
  assert.deepEqual([failureOf(error).kind, /no POST/.test(failureOf(error).detail)], ['refused', true]);
});

for (const version of ['2024-11-05', '2025-03-26', '2025-06-18']) {
  test(`a server of the revision ${version} is spoken to in that`, bounded, async t => {
    const server = await served(t);
    server.behaviour.version = version;
    const { connection } = await connected(t, server);
    await connection.listTools(never);
    assert.equal(server.requests.at(-1)?.headers['mcp-protocol-version'], version);
  });
}

test('a server of a revision that nobody knows is refused in words', bounded, async t => {
  const server = await served(t);
  server.behaviour.version = '1999-01-01';
  const launch = { kind: 'http', url: server.url, headers: {} } as const;
  const error = await connectServer(launch, hear().ports).catch((thrown: unknown) => thrown);
  assert.match(failureOf(error).detail, /1999-01-01/);
});
