import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MessagesClient } from '../../../src/core/messages/client.ts';
import { createFetchTransport } from '../../../src/core/transport/fetchTransport.ts';
import { defaultNetwork } from '../../../src/core/transport/network.ts';
import type { Transport } from '../../../src/core/transport/transport.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const answer =
  'data: {"type":"message_start","message":{"id":"msg_1"}}\n\n' +
  'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}\n\n' +
  'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\ndata: {"type":"message_stop"}\n\n';

/** So long that only a test that is wrong waits for it. */
const never = 600_000;

const transports: Record<string, (longestRestMs: number) => Transport> = {
  undici: longestRestMs => createUndiciTransport({ longestRestMs }),
  fetch: longestRestMs => createFetchTransport((url, init) => fetch(url, init), { ...defaultNetwork, longestRestMs }),
};

for (const [name, open] of Object.entries(transports)) {
  test(`${name}: the next turn takes the connection of the last, although HTTP's end came after the answer's`, async t => {
    const responses: ServerResponse[] = [];
    const { server, ask } = await setUp(t, open(never), response => {
      responses.push(response);
      response.write(answer);
    });
    for (let turn = 0; turn < 3; turn++) {
      const ended = bodyEnded();
      assert.equal(await ask(), 'complete');
      responses[turn]?.end('data: [DONE]\n\n');
      await ended;
    }
    assert.equal(server.connections(), 1);
  });

  test(`${name}: a compressed answer gives its connection back too`, async t => {
    const { server, ask } = await setUp(t, open(never), response => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(`${answer}data: [DONE]\n\n`));
    });
    const ended = bodyEnded();
    assert.equal(await ask(), 'complete');
    await ended;
    assert.equal(await ask(), 'complete');
    assert.equal(server.connections(), 1);
  });

  test(`${name}: an answer is over at its own end, and a rest that does not come costs the connection`, async t => {
    const { server, ask } = await setUp(t, open(50), response => response.write(answer));
    assert.equal(await ask(), 'complete');
    await server.socketClosed;
  });

  test(`${name}: a rest that is long costs the connection`, async t => {
    const { server, ask } = await setUp(t, open(never), response => {
      response.write(answer);
      const timer = setInterval(() => response.write(': more\n'.repeat(4_000)), 5);
      response.on('close', () => clearInterval(timer));
    });
    assert.equal(await ask(), 'complete');
    await server.socketClosed;
  });

  test(`${name}: an abort closes the connection, also while the rest is read`, async t => {
    let isClosed = false;
    const { server, ask, abort } = await setUp(t, open(never), response => {
      response.write(answer);
      response.on('close', () => (isClosed = true));
    });
    assert.equal(await ask(), 'complete');
    await turnOfLoop();
    assert.equal(isClosed, false);
    abort.abort();
    await server.socketClosed;
  });
}

/** Resolves when undici, which is in Node's fetch too, has read the next body to its end and has its connection back. */
async function bodyEnded(): Promise<void> {
  await new Promise<void>(resolve => {
    const end = (): void => {
      unsubscribe('undici:request:trailers', end);
      resolve();
    };
    subscribe('undici:request:trailers', end);
  });
  await turnOfLoop();
}

async function setUp(t: TestContext, transport: Transport, respond: (response: ServerResponse) => unknown) {
  const server = await startScriptedServer(response => void respond(response));
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
