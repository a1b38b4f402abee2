import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { MessagesClient } from '../../../src/core/messages/client.ts';
import { createFetchTransport } from '../../../src/core/messages/fetchTransport.ts';
import { defaultNetwork } from '../../../src/core/messages/network.ts';
import type { Transport } from '../../../src/core/messages/transport.ts';
import { createUndiciTransport } from '../../../src/core/messages/undiciTransport.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';

const answer =
  'data: {"type":"message_start","message":{"id":"msg_1"}}\n\n' +
  'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}\n\n' +
  'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\ndata: {"type":"message_stop"}\n\n';

const transports: Record<string, () => Transport> = {
  undici: () => createUndiciTransport(),
  fetch: () => createFetchTransport((url, init) => fetch(url, init), defaultNetwork),
};

for (const [name, open] of Object.entries(transports)) {
  test(`${name}: the next turn takes the connection of the last, although HTTP's end came after the answer's`, async t => {
    const { server, ask } = await setUp(t, open, response => {
      response.write(answer);
      setTimeout(() => response.end('data: [DONE]\n\n'), 30);
    });
    for (let turn = 0; turn < 3; turn++) {
      assert.equal(await ask(), 'complete');
      await sleep(80);
    }
    assert.equal(server.connections(), 1);
  });

  test(`${name}: a compressed answer gives its connection back too`, async t => {
    const { server, ask } = await setUp(t, open, response => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(`${answer}data: [DONE]\n\n`));
    });
    assert.equal(await ask(), 'complete');
    await sleep(50);
    assert.equal(await ask(), 'complete');
    assert.equal(server.connections(), 1);
  });

  test(`${name}: an answer is over at its own end, whatever the connection still does`, async t => {
    const { server, ask } = await setUp(t, open, response => response.write(answer));
    const askedAt = performance.now();
    assert.equal(await ask(), 'complete');
    const endedAt = performance.now();
    assert.ok(endedAt - askedAt < 190, `took ${endedAt - askedAt} ms`);
    const closedAfter = (await server.socketClosed) - endedAt;
    assert.ok(closedAfter > 100 && closedAfter < 500, `closed after ${closedAfter} ms`);
  });

  test(`${name}: a rest that does not end soon costs the connection`, async t => {
    const { server, ask } = await setUp(t, open, response => {
      response.write(answer);
      const timer = setInterval(() => response.write(': more\n'.repeat(4_000)), 5);
      response.on('close', () => clearInterval(timer));
    });
    const askedAt = performance.now();
    assert.equal(await ask(), 'complete');
    const closedAfter = (await server.socketClosed) - askedAt;
    assert.ok(closedAfter < 150, `closed after ${closedAfter} ms`);
  });

  test(`${name}: an abort closes the connection at once, also while the rest is read`, async t => {
    const { server, ask, abort } = await setUp(t, open, response => response.write(answer));
    assert.equal(await ask(), 'complete');
    const abortedAt = performance.now();
    abort.abort();
    assert.ok((await server.socketClosed) - abortedAt < 100);
  });
}

async function setUp(t: TestContext, open: () => Transport, respond: (response: ServerResponse) => unknown) {
  const server = await startScriptedServer(response => void respond(response));
  const transport = open();
  t.after(async () => {
    await server.close();
    await transport.close();
  });
  const client = new MessagesClient({ transport: () => Promise.resolve(transport) });
  const abort = new AbortController();
  const ask = async (): Promise<string> => {
    const end = await client.send(
      { model: 'm', max_tokens: 10, stream: true, messages: [{ role: 'user', content: 'hi' }] },
      { messagesUrl: `${server.origin}/v1/messages`, key: 'key' },
      {
        attemptStarted: () => undefined,
        retrying: () => undefined,
        blockStarted: () => undefined,
        textAppended: () => undefined,
        restarted: () => undefined,
      },
      abort.signal,
    );
    return end.kind;
  };
  return { server, ask, abort };
}
