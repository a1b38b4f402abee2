import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EndpointBorder, type EndpointRequest } from '../../../src/core/messages/endpoint.ts';
import type { TransportRequest } from '../../../src/core/transport/transport.ts';
import { arriving } from '../../support/slicings.ts';

const key = 'relay-key-0123456789abcdef';
const vendorKey = `sk-ant-api03-${'aB3x'.repeat(20)}`;

test('the key in use is in no body that goes out, whoever has made it', async () => {
  const { border, sent } = setUp([]);
  await border.send(asking({ messages: [{ role: 'user', content: `my key is ${key}` }] }));
  assert.match(sent[0]?.body ?? '', /my key is \[key\]/);
  assert.equal(sent[0]?.headers['x-api-key'], key);
});

test('the key in use is in no byte of a body that comes back, wherever it is cut', async () => {
  const text = `before ${key} after`;
  for (let at = 1; at < text.length; at++) {
    const { border } = setUp([text.slice(0, at), text.slice(at)]);
    const { body } = await border.send(asking());
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), 'before [key] after');
  }
});

test('an error is told without keys, also the id that the endpoint gives it', () => {
  const { border } = setUp([]);
  for (const echoed of [key, vendorKey]) {
    const headers = { 'request-id': `req ${echoed}` };
    const body = { error: { type: 'api_error', message: `${'a'.repeat(290)} ${echoed}` } };
    const { problem } = border.refusal({ status: 500, headers, body });
    assert.equal(problem.detail, `${'a'.repeat(290)} [key]`);
    assert.equal(problem.requestId, 'req [key]');
    // Of a text so much is told as fits: a part of a key would not be known for one any more.
    const told = border.refusal({ status: 500, headers: {}, body: `${'a'.repeat(280)} ${echoed}` }).problem.detail;
    assert.equal(told, `${'a'.repeat(280)} [key]`);
    assert.equal(border.cut({ status: 200, headers: {}, body: `gone ${echoed}` }, false).problem.detail, 'gone [key]');
  }
});

test('of a small answer that goes beyond its limit the rest is not read', async () => {
  for (const status of [200, 500]) {
    const { border, read } = setUp(
      Array.from({ length: 100 }, () => 'x'.repeat(10)),
      status,
    );
    const reply = await border.ask(asking(), { late: new AbortController().signal, bytes: 25 });
    assert.equal(read(), 3);
    if (status === 200) assert.equal(reply.kind === 'failed' && reply.error.problem.kind, 'answerTooLong');
    else assert.equal(reply.kind === 'replied' && reply.body, 'x'.repeat(30));
  }
});

test('a small answer that is all there leaves the event loop to others whenever it has worked for a while', async t => {
  let now = 0;
  t.mock.method(performance, 'now', () => (now += 4));
  const giveWay = t.mock.method(globalThis, 'setImmediate');
  const { border } = setUp(Array.from({ length: 30 }, () => 'x'));
  await border.ask(asking(), { late: new AbortController().signal, bytes: 1_000 });
  assert.equal(giveWay.mock.callCount(), 10);
});

function asking(body?: object): EndpointRequest {
  const { signal } = new AbortController();
  return { method: 'POST', url: 'https://relay.test/v1/x', ...(body && { body }), keyAs: ['x-api-key'], signal };
}

function setUp(pieces: readonly string[], status = 200) {
  const sent: TransportRequest[] = [];
  let read = 0;
  async function* body(): AsyncGenerator<Uint8Array> {
    for await (const piece of arriving(pieces.map(text => Buffer.from(text)))) {
      read++;
      yield piece;
    }
  }
  const transport = {
    send: (request: TransportRequest) => {
      sent.push(request);
      return Promise.resolve({ status, headers: {}, body: body() });
    },
    prepare: () => undefined,
    close: () => Promise.resolve(),
  };
  return { border: new EndpointBorder(() => Promise.resolve(transport), key), sent, read: () => read };
}
