import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detailOf, ExchangeLog, summaryOf } from '../../../src/core/inspect/exchangeLog.ts';
import { MessagesClient } from '../../../src/core/messages/client.ts';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import type { AnswerMessage, MessagesRequest } from '../../../src/core/messages/wire.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';

const request: MessagesRequest = {
  model: 'claude-sonnet-4-5-20250929',
  max_tokens: 500,
  stream: true,
  messages: [{ role: 'user', content: 'Hello' }],
};
const silent = {
  blockStarted: () => undefined,
  textAppended: () => undefined,
  restarted: () => undefined,
  retrying: (wait: { skip: () => void }) => wait.skip(),
  attemptStarted: () => undefined,
};
const key = 'sk-very-secret-0123456789';

const message: AnswerMessage = {
  id: '',
  model: '',
  content: [],
  stopReason: 'end_turn',
  stopSequence: null,
  usage: {},
};
const nothingFound = { hasFound: false, shown: (text: string) => text };

function newLog(): ExchangeLog {
  let ids = 0;
  return new ExchangeLog({ clock: () => performance.now(), now: Date.now, newId: () => `e${++ids}` });
}

test('a request is kept with its retry, its moments, its headers and its answer, and without the key', async t => {
  const endpoint = await startDemoEndpoint({ keys: [key] });
  t.after(() => endpoint.close());
  const transport = createUndiciTransport();
  t.after(() => transport.close());
  endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '9', 'set-cookie': 'a=b' } });
  const log = newLog();
  const heard: string[] = [];
  log.onChange(exchange => heard.push(exchange.outcome));
  const client = new MessagesClient({ transport: () => Promise.resolve(transport), log });
  const messagesUrl = `${endpoint.baseUrl}/v1/messages`;
  await client.send(request, { messagesUrl, key }, silent, new AbortController().signal, { purpose: 'explain' });

  const [exchange] = log.exchanges;
  assert.ok(exchange);
  const detail = detailOf(exchange);
  assert.equal(detail.outcome, 'complete');
  assert.equal(detail.purpose, 'explain');
  assert.equal(detail.retries, 1);
  assert.equal(detail.stopReason, 'end_turn');
  assert.ok((detail.usage?.outputTokens ?? 0) > 0);
  const [first, second] = detail.attempts;
  assert.equal(first?.status, 529);
  assert.equal(first.problem?.kind, 'overloaded');
  assert.equal(first.responseHeaders?.['retry-after'], '9');
  assert.equal(first.responseHeaders['set-cookie'], '…');
  assert.equal(second?.status, 200);
  const moments = [second.startedMs, second.connectedMs, second.headersMs, second.firstTokenMs, second.endedMs];
  assert.deepEqual(
    moments,
    moments.toSorted((a, b) => (a ?? -1) - (b ?? -1)),
  );
  assert.ok(moments.every(moment => moment !== undefined && moment >= 0));
  assert.deepEqual(JSON.parse(detail.request), request);
  assert.match(first.body ?? '', /^\{"type":"error".*overloaded_error.*\}$/);
  assert.match(second.body ?? '', /^event: message_start\ndata: \{[^]*event: message_stop\ndata: .*\n\n$/);
  assert.match(detail.answer, /Demo endpoint/);
  assert.equal(detail.requestHeaders['x-api-key'], '…');
  assert.equal(JSON.stringify(log.exchanges).includes(key), false);
  assert.equal(heard.at(-1), 'complete');
});

test('the last hundred are kept', () => {
  const log = newLog();
  for (let count = 0; count < 130; count++) log.begin(request, 'https://x/v1/messages', {}, 'chat', nothingFound);
  assert.equal(log.exchanges.length, 100);
  assert.equal(log.exchanges[0]?.id, 'e31');
  assert.equal(log.find('e30'), undefined);
  log.clear();
  assert.deepEqual(log.exchanges, []);
});

test('one that runs has no duration and no usage yet', () => {
  const log = newLog();
  log.begin(request, 'https://x/v1/messages', {}, 'chat', nothingFound).attempt();
  const [exchange] = log.exchanges;
  assert.ok(exchange);
  const { outcome, origin, durationMs, usage } = summaryOf(exchange);
  assert.deepEqual(
    { outcome, origin, durationMs, usage },
    { outcome: 'running', origin: 'https://x', durationMs: undefined, usage: undefined },
  );
});

test('a body that says the key has a mark in its place; one that says it in pieces is not shown', async t => {
  const endpoint = await startDemoEndpoint({ keys: [key] });
  t.after(() => endpoint.close());
  const transport = createUndiciTransport();
  t.after(() => transport.close());
  const log = newLog();
  const client = new MessagesClient({ transport: () => Promise.resolve(transport), log });
  const messagesUrl = `${endpoint.baseUrl}/v1/messages`;
  const send = () => client.send(request, { messagesUrl, key }, silent, new AbortController().signal);
  endpoint.faults.next({ kind: 'status', status: 400, message: `I saw ${key} come in` });
  await send();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: `The key is ${key}.` }] });
  await send();

  const [refused, echoed] = log.exchanges.map(exchange => detailOf(exchange).attempts[0]);
  assert.match(refused?.body ?? '', /I saw \[key\] come in/);
  assert.equal(echoed?.body, undefined);
  assert.equal(echoed?.noBody, 'holdsKey');
});

test('of an attempt that runs no body is shown, of a long one the beginning', () => {
  const log = newLog();
  const recorder = log.begin(request, 'https://x/v1/messages', {}, 'chat', nothingFound);
  recorder.attempt();
  recorder.received('x'.repeat(400_000));
  const detail = () => detailOf(log.exchanges[0] ?? assert.fail()).attempts[0];
  assert.equal(detail()?.body, undefined);
  recorder.received('y'.repeat(400_000));
  recorder.end('complete', message);
  assert.match(detail()?.body ?? '', /^x{400000}y{100000}… \(300000 more characters\)$/);
});

test('the oldest bodies give way to new ones, which is said', () => {
  const log = newLog();
  for (let count = 0; count < 25; count++) {
    const recorder = log.begin(request, 'https://x/v1/messages', {}, 'chat', nothingFound);
    recorder.attempt();
    recorder.received('x'.repeat(450_000));
    recorder.end('complete', message);
  }
  const reasons = log.exchanges.map(exchange => detailOf(exchange).attempts[0]?.noBody);
  assert.deepEqual(reasons, [...Array<string>(3).fill('dropped'), ...Array<undefined>(22).fill(undefined)]);
});
