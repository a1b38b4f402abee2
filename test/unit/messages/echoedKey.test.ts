import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usualKeyHeaders } from '../../../src/core/messages/endpoint.ts';
import { detailOf, ExchangeLog, summaryOf } from '../../../src/core/inspect/exchangeLog.ts';
import { checkConnection } from '../../../src/core/endpoint/checkConnection.ts';
import { MessagesClient } from '../../../src/core/messages/client.ts';
import { fetchModelList } from '../../../src/core/endpoint/modelList.ts';
import { rulesFor } from '../../../src/core/models/modelRules.ts';
import { type Transport, TransportError, type TransportResponse } from '../../../src/core/transport/transport.ts';
import {
  type Echo,
  echoedKeys,
  echoesOf,
  headersWith,
  partOfKeyIn,
  slicingsOf,
  waysToWrite,
} from '../../support/echoes.ts';
import { inThread } from '../../support/inThread.ts';
import { arriving } from '../../support/slicings.ts';

const messagesUrl = 'https://relay.test/v1/messages';

const unused: Transport = {
  send: () => Promise.reject(new Error('Nothing is sent.')),
  prepare: () => undefined,
  close: () => Promise.resolve(),
};

/** Of every slicing of the echo all that was seen, or only of its first piece: where it breaks off. */
interface EchoTask {
  key: string;
  echo: Echo;
  written: string;
  breaksOff?: boolean;
}

const checkThatNobodySees = await inThread(
  import.meta.url,
  async ({ key, echo, written, breaksOff = false }: EchoTask): Promise<void> => {
    for (const { name, chunks } of slicingsOf(echo.body, written)) {
      const seen = await ask(key, echo, breaksOff ? chunks.slice(0, 1) : chunks);
      // Not as the assertion's message, which would be written every time.
      if (partOfKeyIn(seen, key) !== undefined)
        assert.fail(`${name}, ${chunks[0]?.length} bytes: ${JSON.stringify(seen)}`);
    }
  },
);

for (const key of echoedKeys) {
  for (const [way, write] of Object.entries(waysToWrite)) {
    for (const echo of echoesOf(key, write(key))) {
      test(`${key.slice(0, 6)}…, ${way}, ${echo.name}: nobody sees it, in every slicing`, () =>
        checkThatNobodySees({ key, echo, written: write(key) }));
    }
  }

  for (const echo of echoesOf(key, key)) {
    test(`${key.slice(0, 6)}…, ${echo.name}: nobody sees a part of it where the answer breaks off`, () =>
      checkThatNobodySees({ key, echo, written: key, breaksOff: true }));
  }

  test(`${key.slice(0, 6)}…: nobody sees it in what the transport throws`, async () => {
    for (const error of [new TransportError('proxy', '', `no ${key}`), new SyntaxError(`Unexpected "${key}"`)]) {
      const seen = await askOver(key, { ...unused, send: () => Promise.reject(error) });
      assert.match(JSON.stringify(seen), /\[key\]/);
      assert.equal(partOfKeyIn(seen, key), undefined);
    }
  });

  test(`${key.slice(0, 6)}…: nobody sees it in a list of models`, async () => {
    const lists: Echo[] = [
      ...Object.entries(waysToWrite).map(([name, write]) => ({
        name,
        body: JSON.stringify({ data: [{ id: 'KEY', display_name: 'x KEY' }, 'KEY'] }).replaceAll('KEY', () =>
          write(key),
        ),
      })),
      ...echoesOf(key, key).filter(({ status }) => status !== undefined),
    ];
    for (const list of lists) {
      for (const { chunks } of slicingsOf(list.body, key)) {
        const listed = await fetchModelList(
          () => Promise.resolve(answering(list, chunks)),
          { modelsUrl: 'https://relay.test/v1/models', key },
          new AbortController().signal,
        );
        assert.equal(partOfKeyIn(listed, key), undefined, JSON.stringify(listed));
      }
    }
  });

  test(`${key.slice(0, 6)}…: nobody sees it in the report of a check`, async () => {
    const redirects = [`https://${key.toLowerCase().replace(/[^a-z0-9-]/g, '-')}.test/`, `https://other.test/${key}`];
    const echoes: Echo[] = [
      ...echoesOf(key, key),
      ...redirects.map(location => ({ name: location, status: 302, body: '', headers: { location } })),
      { name: 'a count', body: JSON.stringify({ input_tokens: key }), headers: headersWith(key) },
    ];
    for (const echo of echoes) {
      const report = await checkConnection(
        {
          messagesUrl,
          modelsUrl: 'https://relay.test/v1/models',
          key,
          keyAs: usualKeyHeaders,
          model: 'm',
          rules: rulesFor('m'),
        },
        { transport: answering(echo, [new TextEncoder().encode(echo.body)]), now: () => 0 },
        () => undefined,
        new AbortController().signal,
      );
      assert.equal(partOfKeyIn(report, key), undefined, `${echo.name}: ${JSON.stringify(report)}`);
    }
  });
}

test('what stands around a key is there, and so is all of an answer without one', async () => {
  const [key = ''] = echoedKeys;
  const echo = echoesOf(key, key).find(({ name }) => name === 'over two deltas');
  assert.ok(echo);
  for (const { name, chunks } of slicingsOf(echo.body, key)) {
    assert.match(JSON.stringify(await ask(key, echo, chunks)), /"blocks":\["so \[key\] it"\]/, name);
  }
  // The second delta does not go on with the key.
  const half = key.length >> 1;
  const other = { ...echo, body: echo.body.replace(key.slice(half), '!') };
  for (const { name, chunks } of slicingsOf(other.body, key.slice(0, half))) {
    const seen = JSON.stringify(await ask(key, other, chunks));
    assert.ok(seen.includes(`"blocks":["so ${key.slice(0, half)}! it"]`), name);
  }
});

function answering({ status = 200, headers = {} }: Echo, chunks: readonly Uint8Array[]): Transport {
  const send = (): Promise<TransportResponse> => Promise.resolve({ status, headers, body: arriving(chunks) });
  return { ...unused, send };
}

function ask(key: string, echo: Echo, chunks: readonly Uint8Array[]): Promise<unknown> {
  return askOver(key, answering(echo, chunks));
}

/** All that the view, the store, the ledger and the list of requests get of an answer. */
async function askOver(key: string, transport: Transport): Promise<unknown> {
  const abort = new AbortController();
  const log = new ExchangeLog({ clock: () => 0, now: () => 0, newId: () => 'id' });
  const blocks: string[] = [];
  const told: unknown[] = [];
  const end = await new MessagesClient({ transport: () => Promise.resolve(transport), log, random: () => 0 }).send(
    { model: 'm', max_tokens: 100, stream: true, messages: [{ role: 'user', content: 'hi' }] },
    { messagesUrl, key },
    {
      attemptStarted: () => undefined,
      retrying: ({ problem }) => {
        told.push(problem);
        // With a reason, in whose place an error with a stack would be made.
        abort.abort('no second try');
      },
      blockStarted: (_, content) => void told.push(structuredClone(content)),
      textAppended: (position, text) => (blocks[position] = (blocks[position] ?? '') + text),
      restarted: () => undefined,
    },
    abort.signal,
  );
  return { end, told, blocks, log: log.exchanges.map(exchange => [summaryOf(exchange), detailOf(exchange)]) };
}
