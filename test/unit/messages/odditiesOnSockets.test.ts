import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFetchTransport } from '../../../src/core/transport/fetchTransport.ts';
import { defaultNetwork } from '../../../src/core/transport/network.ts';
import type { Transport } from '../../../src/core/transport/transport.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import { ask, bytesBeforeEnd, checkCut, checkEnd, headersOf, wireRequestId } from '../../support/askOddity.ts';
import { bytesOf, type OddCase, oddities } from '../../support/oddities.ts';

let play: (response: ServerResponse) => Promise<void>;
let lastRequest: IncomingMessage | undefined;
const server = createServer((request, response) => {
  lastRequest = request;
  request.resume().on('end', () => {
    response.socket?.setNoDelay(true);
    void play(response);
  });
});
const transports: Record<string, Transport> = {
  undici: createUndiciTransport(),
  fetch: createFetchTransport((url, init) => fetch(url, init), defaultNetwork),
};
let origin = '';

before(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all(Object.values(transports).map(transport => transport.close()));
});

// The same numbers in every run: a slicing that fails, fails again.
let seed = 20_261_122;
function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

for (const [client, transport] of Object.entries(transports)) {
  for (const { number, name, cases } of oddities) {
    test(`${client}: ${number}. ${name}, on a socket`, async () => {
      for (const odd of cases) {
        const bytes = bytesOf(odd);
        for (const pieces of [1, 4, 12]) {
          const cuts = randomCuts(bytes.length, pieces);
          play = response => send(response, odd, bytes, cuts);
          checkEnd(await ask(transport, origin, odd), odd, `${odd.name}, cut at ${cuts.join(', ')}`);
        }
        assert.equal(lastRequest?.headers['x-api-key'], 'secret-key');
        assert.equal(lastRequest.headers.authorization, undefined);
      }
    });

    test(`${client}: ${number}. ${name}, on a socket that is closed before the end`, async () => {
      for (const odd of cases.filter(({ end, encoding }) => end.kind === 'complete' && !encoding)) {
        const length = 1 + random(bytesBeforeEnd(odd));
        const arrived = Promise.withResolvers<undefined>();
        play = async response => {
          response.writeHead(odd.status ?? 200, headersOf(odd));
          response.write(Buffer.from(odd.body).subarray(0, length));
          await arrived.promise;
          response.destroy();
        };
        const asked = await ask(
          tellingOf(transport, length, () => arrived.resolve(undefined)),
          origin,
          odd,
        );
        checkCut(asked, odd, `${odd.name}, closed at byte ${length}`);
        const problem = asked.wait?.problem ?? ('problem' in asked.end ? asked.end.problem : undefined);
        assert.equal(problem?.kind, 'connectionLost', `${odd.name}, closed at byte ${length}`);
        assert.equal(problem.requestId, wireRequestId);
      }
    });
  }
}

test('32. a silence that is longer than the settings allow is a timeout, before the headers and in the body', async () => {
  const impatient = createUndiciTransport({ firstByteTimeoutMs: 100, idleTimeoutMs: 100 });
  for (const odd of oddities[31]?.cases ?? []) {
    play = response => {
      if (odd.silenceMs?.body) response.writeHead(odd.status ?? 200, headersOf(odd)).flushHeaders();
      return Promise.resolve();
    };
    const { wait } = await ask(impatient, origin, odd);
    assert.equal(wait?.problem.kind, 'timeout', odd.name);
  }
  await impatient.close();
});

/** The transport, which calls `arrived` when so many bytes of the body have been read. */
function tellingOf(transport: Transport, length: number, arrived: () => void): Transport {
  const counting = async function* (body: AsyncIterable<Uint8Array>) {
    let bytes = 0;
    for await (const chunk of body) {
      yield chunk;
      bytes += chunk.length;
      if (bytes >= length) arrived();
    }
  };
  return {
    ...transport,
    send: async request => {
      const response = await transport.send(request);
      return { ...response, body: counting(response.body) };
    },
  };
}

function randomCuts(length: number, pieces: number): number[] {
  return Array.from({ length: pieces - 1 }, () => random(length + 1)).sort((a, b) => a - b);
}

async function send(response: ServerResponse, odd: OddCase, bytes: Uint8Array, cuts: number[]): Promise<void> {
  const { headers: beforeHeadersMs, body: beforeBodyMs } = odd.silenceMs ?? { headers: 0, body: 0 };
  if (beforeHeadersMs > 0) await sleep(beforeHeadersMs);
  response.writeHead(odd.status ?? 200, headersOf(odd));
  response.flushHeaders();
  if (beforeBodyMs > 0) await sleep(beforeBodyMs);
  for (const [index, cut] of cuts.entries()) {
    response.write(bytes.subarray(cuts[index - 1] ?? 0, cut));
    // Each write a packet of its own.
    await sleep(1);
  }
  response.end(bytes.subarray(cuts.at(-1) ?? 0));
}
