import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  type AnswerEnd,
  MessagesClient,
  type RetryWait,
  type SendListener,
} from '../../../src/core/messages/client.ts';
import { ExchangeLog } from '../../../src/core/inspect/exchangeLog.ts';
import type { NetworkSettings } from '../../../src/core/transport/network.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import type { MessagesRequest } from '../../../src/core/messages/wire.ts';
import { type ScriptedServer, startScriptedServer } from '../../support/scriptedServer.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const request: MessagesRequest = {
  model: 'm',
  max_tokens: 10,
  stream: true,
  messages: [{ role: 'user', content: 'hi' }],
};
const opening =
  'data: {"type":"message_start","message":{"id":"msg_1","content":[]}}\n\n' +
  'data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n';
const hello = 'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}\n\n';
const ending = 'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\ndata: {"type":"message_stop"}\n\n';

function stream(...parts: string[]) {
  return (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(parts.join(''));
  };
}

function status(code: number, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => {
    response.writeHead(code, headers);
    response.end(JSON.stringify({ type: 'error', error: { type: '', message: `status ${code}` } }));
  };
}

test('sends the key as a header of the one request and asks for what it can read', async t => {
  const { server, send } = await start(t, stream(opening, hello, ending));
  const end = await send();
  assert.equal(end.kind, 'complete');
  assert.equal(textOf(end), 'hello');
  const [sent] = server.requests;
  assert.ok(sent);
  assert.equal(sent.headers['x-api-key'], 'secret-key');
  assert.equal(sent.headers['anthropic-version'], '2023-06-01');
  assert.deepEqual(JSON.parse(sent.body), request);
  assert.equal(sent.body.includes('secret-key'), false);
});

test('retries what is temporary, waits as long as the endpoint asked, and then answers', async t => {
  const { server, send, waits } = await start(
    t,
    status(529, { 'retry-after': '0.05' }),
    status(429, { 'retry-after': '0' }),
    stream(opening, hello, ending),
  );
  assert.equal((await send()).kind, 'complete');
  assert.equal(server.requests.length, 3);
  assert.deepEqual(
    waits.map(({ attempt, delayMs, problem }) => [attempt, delayMs, problem.kind]),
    [
      [1, 50, 'overloaded'],
      [2, 0, 'rateLimited'],
    ],
  );
});

test('gives up after three retries and says why', async t => {
  const { server, send } = await start(t, status(529, { 'retry-after': '0' }));
  const end = await send();
  assert.equal(server.requests.length, 4);
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.kind, 'overloaded');
  assert.equal(end.problem.status, 529);
});

test('halves of characters and NUL, which services refuse, go out as what can be read, in names of fields, too; what is whole stays as it is', async t => {
  const whole = 'Grüße 😀 \u2028\n';
  const { server, endpoint, transport, listener, abort } = await start(t, status(400));
  const client = new MessagesClient({ transport: () => Promise.resolve(transport) });
  const content = [
    { type: 'text', text: 'cut 😀'.slice(0, -1) },
    { type: 'tool_result', tool_use_id: 't', content: `a\0b\udc00${whole}` },
    { type: 'tool_use', id: 'u', name: 'n', input: { [whole]: { 'a\ud800': 1, 'a\ud801': 2, 'b\0': 'c\0' } } },
  ] as const;
  const body = { ...request, system: whole, messages: [{ role: 'user' as const, content: [...content] }] };
  const before = structuredClone(body);
  await client.send(body, endpoint, listener, abort.signal);
  const sent = JSON.parse(server.requests[0]?.body ?? '') as typeof body;
  assert.equal(sent.system, whole);
  assert.deepEqual(sent.messages[0]?.content, [
    { type: 'text', text: 'cut \ufffd' },
    { type: 'tool_result', tool_use_id: 't', content: `a␀b\ufffd${whole}` },
    { type: 'tool_use', id: 'u', name: 'n', input: { [whole]: { 'a\ufffd': 1, 'a\ufffd_': 2, 'b␀': 'c␀' } } },
  ]);
  assert.deepEqual(body, before);
});

for (const code of [400, 401, 402, 403, 404, 413]) {
  test(`never retries ${code}`, async t => {
    const { server, send } = await start(t, status(code, { 'retry-after': '0' }));
    assert.equal((await send()).kind, 'failed');
    assert.equal(server.requests.length, 1);
  });
}

test('does not wait longer than a minute: an hour is told, not waited for', async t => {
  const { server, send, waits } = await start(t, status(429, { 'retry-after': '3600' }));
  const end = await send();
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.retryAfterMs, 3_600_000);
  assert.equal(waits.length, 0);
  assert.equal(server.requests.length, 1);
});

test('never retries once something was shown: a dropped connection keeps the text', async t => {
  const { server, send, firstText } = await start(t, response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(opening + hello);
    void firstText.then(() => response.destroy());
  });
  const end = await send();
  assert.ok(end.kind === 'truncated');
  assert.equal(end.problem.kind, 'connectionLost');
  assert.equal(textOf(end), 'hello');
  assert.equal(server.requests.length, 1);
});

test('a stream that stops without its end is truncated, not complete', async t => {
  const { send } = await start(t, stream(opening, hello));
  const end = await send();
  assert.ok(end.kind === 'truncated');
  assert.equal(end.problem.kind, 'endedEarly');
});

test('an answer with nothing in it is tried again, and said to be empty in the end', async t => {
  const empty = (response: ServerResponse): void => void response.writeHead(200).end();
  const again = await start(t, empty, stream(opening, hello, ending));
  again.skipWaits();
  assert.equal((await again.send()).kind, 'complete');
  assert.equal(again.server.requests.length, 2);
  const never = await start(t, empty, empty, empty, empty);
  never.skipWaits();
  const end = await never.send();
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.kind, 'emptyReply');
  assert.equal(never.server.requests.length, 4);
});

test('a connection that is dropped before any text is tried again', async t => {
  const { server, send } = await start(t, response => response.destroy(), stream(opening, hello, ending));
  const pending = send();
  assert.equal((await pending).kind, 'complete');
  assert.equal(server.requests.length, 2);
});

test('stopping closes the socket and keeps what arrived', async t => {
  const { server, send, abort, firstText } = await start(t, response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(opening + hello);
  });
  const pending = send();
  await firstText;
  abort.abort();
  const end = await pending;
  assert.equal(end.kind, 'stopped');
  assert.equal(textOf(end), 'hello');
  await server.socketClosed;
});

test('stopping while nothing has come yet ends the request', async t => {
  const { server, send, abort } = await start(t, () => undefined);
  const pending = send();
  await server.asked;
  abort.abort();
  assert.equal((await pending).kind, 'stopped');
  await server.socketClosed;
});

test('stopping ends the wait between two attempts at once', async t => {
  const { server, send, abort, firstWait } = await start(t, status(529, { 'retry-after': '50' }));
  const pending = send();
  await firstWait;
  abort.abort();
  const end = await Promise.race([pending, turnOfLoop()]);
  assert.equal(end?.kind, 'stopped');
  assert.equal(server.requests.length, 1);
});

test('a wait can be skipped', async t => {
  const { server, send, firstWait } = await start(
    t,
    status(529, { 'retry-after': '50' }),
    stream(opening, hello, ending),
  );
  const pending = send();
  const wait = await firstWait;
  wait.skip();
  assert.equal((await pending).kind, 'complete');
  assert.equal(server.requests.length, 2);
});

test('a compressed stream is read although none was asked for', async t => {
  const { send } = await start(t, response => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
    response.end(gzipSync(opening + hello + ending));
  });
  assert.equal(textOf(await send()), 'hello');
});

test('a redirect is not followed: the key stays with its origin', async t => {
  const other = await startScriptedServer(stream(opening, hello, ending));
  after(() => other.close());
  const { send } = await start(t, status(307, { location: `${other.origin}/v1/messages` }));
  const end = await send();
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.kind, 'redirected');
  assert.equal(other.requests.length, 0);
});

test('nobody listening is unreachable, with the system’s words', async t => {
  const { server, send, skipWaits } = await start(t, stream());
  await server.close();
  skipWaits();
  const end = await send();
  assert.ok(end.kind === 'failed');
  assert.equal(end.problem.kind, 'unreachable');
  assert.match(end.problem.detail, /ECONNREFUSED/);
});

test('silence is a timeout: before the first byte it is retried, in the middle the text stays', async t => {
  const { send } = await start(
    t,
    response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(opening + hello);
    },
    { idleTimeoutMs: 100 },
  );
  const end = await send();
  assert.ok(end.kind === 'truncated');
  assert.equal(end.problem.kind, 'timeout');
});

test('the key in use is in no body: what is sent, and what the log keeps, has a mark in its place', async t => {
  const { server, endpoint, transport, listener } = await start(t, stream(opening, hello, ending));
  const logged: MessagesRequest[] = [];
  const log = new ExchangeLog({ clock: () => 0, now: () => 0, newId: () => 'e' });
  log.onChange(({ request: kept }) => logged.push(kept));
  const client = new MessagesClient({ transport: () => Promise.resolve(transport), log });
  const content = `My key is ${endpoint.key}, twice: "${endpoint.key}"`;
  const asked: MessagesRequest = { ...request, system: endpoint.key, messages: [{ role: 'user', content }] };
  await client.send(asked, endpoint, listener, new AbortController().signal);
  const [sent] = server.requests;
  assert.equal(sent?.headers['x-api-key'], endpoint.key);
  assert.deepEqual(JSON.parse(sent.body), {
    ...request,
    system: '[key]',
    messages: [{ role: 'user', content: 'My key is [key], twice: "[key]"' }],
  });
  assert.equal(JSON.stringify(logged).includes(endpoint.key), false);
  assert.deepEqual(asked.messages[0]?.content, content);
});

async function start(t: TestContext, ...script: (((response: ServerResponse) => void) | Partial<NetworkSettings>)[]) {
  const answers = script.filter(part => typeof part === 'function');
  const options = script.find(part => typeof part === 'object');
  const server: ScriptedServer = await startScriptedServer(...answers);
  const transport = createUndiciTransport(options);
  t.after(async () => {
    await transport.close();
    await server.close();
  });
  const waits: RetryWait[] = [];
  const firstWait = Promise.withResolvers<RetryWait>();
  const firstText = Promise.withResolvers<undefined>();
  let skipsWaits = false;
  const listener: SendListener = {
    attemptStarted: () => undefined,
    retrying: wait => {
      waits.push(wait);
      firstWait.resolve(wait);
      if (skipsWaits) wait.skip();
    },
    blockStarted: () => undefined,
    textAppended: () => firstText.resolve(undefined),
    restarted: () => undefined,
  };
  const abort = new AbortController();
  const client = new MessagesClient({ transport: () => Promise.resolve(transport), random: () => 0 });
  const endpoint = { messagesUrl: `${server.origin}/v1/messages`, key: 'secret-key' };
  const send = (): Promise<AnswerEnd> => client.send(request, endpoint, listener, abort.signal);
  return {
    server,
    endpoint,
    transport,
    listener,
    send,
    waits,
    skipWaits: () => (skipsWaits = true),
    abort,
    firstWait: firstWait.promise,
    firstText: firstText.promise,
  };
}

function textOf({ message }: AnswerEnd): string {
  return message.content.map(block => (block.type === 'text' ? block.text : '')).join('');
}
