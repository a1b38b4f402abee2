import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import type { Json } from './client.ts';
import { eventsIn, joined, post } from './client.ts';
import { REQUEST, deltas, raw, whole } from './raw-answer.ts';

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
afterEach(() => endpoint.faults.clear());
after(() => endpoint.close());

for (const pieces of [0, 1, 4]) {
  test(`a stream can be cut after ${pieces} pieces by a dead socket`, async () => {
    const { text, broken } = await raw(endpoint, { kind: 'cutAfterPieces', n: pieces });
    assert.ok(broken);
    assert.equal(deltas(text), pieces);
    assert.match(text, /content_block_start/);
    assert.equal((await endpoint.requests.at(-1)?.closed)?.finished, false);
  });
}

test('a stream can end politely after some pieces', async () => {
  const { text, broken } = await raw(endpoint, { kind: 'endAfterPieces', n: 3 });
  assert.equal(broken, false);
  assert.equal(deltas(text), 3);
  assert.doesNotMatch(text, /content_block_stop|message_delta|message_stop/);
});

test('a fault whose count the answer never reaches strikes before its end', async () => {
  const { text } = await raw(endpoint, { kind: 'endAfterPieces', n: 100_000 });
  assert.match(text, /content_block_stop/);
  assert.doesNotMatch(text, /message_delta/);
});

test('a stream can lack its last event', async () => {
  const { text } = await raw(endpoint, { kind: 'noMessageStop' });
  assert.equal(eventsIn(text).at(-1)?.name, 'message_delta');
});

test('an error event ends a stream', async () => {
  const error = { kind: 'errorEvent', afterPieces: 2, type: 'overloaded_error', message: 'Overloaded' } as const;
  const events = eventsIn((await raw(endpoint, error)).text);
  assert.deepEqual(events.at(-1), {
    name: 'error',
    data: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
  });
  assert.equal(events.filter(event => event.name === 'content_block_delta').length, 2);
});

test('an error can be glued to a stream as bare JSON', async () => {
  const error = { kind: 'errorEvent', afterPieces: 1, type: 'api_error', message: 'x', raw: true } as const;
  const { text } = await raw(endpoint, error);
  assert.match(text, /\n\n\{"type":"error","error":\{"type":"api_error","message":"x"\}\}$/);
});

const beats = /(?:event: ping|^: PING$)[^]*(?:event: ping|^: PING$)/m;

for (const heartbeat of ['ping', 'comment', undefined] as const) {
  test(`a stalled stream hangs until the client leaves, with ${heartbeat ?? 'no'} heartbeat`, async () => {
    endpoint.faults.next({
      kind: 'stall',
      afterPieces: 2,
      heartbeatMs: 10,
      ...(heartbeat === undefined ? {} : { heartbeat }),
    });
    const leaving = new AbortController();
    const response = await post(endpoint, REQUEST, { signal: leaving.signal });
    assert.ok(response.body);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    await assert.rejects(async () => {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        text += read.value;
        if (deltas(text) < 2) continue;
        // Without a heartbeat there is nothing to wait for but a while in which nothing comes.
        if (heartbeat === undefined) setTimeout(() => leaving.abort(), 50);
        else if (beats.test(afterLastDelta(text))) leaving.abort();
      }
    });
    assert.equal(deltas(text), 2);
    assert.equal(/event: ping/.test(afterLastDelta(text)), heartbeat === 'ping');
    assert.equal(/^: PING$/m.test(afterLastDelta(text)), heartbeat === 'comment');
    assert.equal((await endpoint.requests.at(-1)?.closed)?.finished, false);
  });
}

test('event lines can be missing', async () => {
  const { text } = await raw(endpoint, { kind: 'noEventLines' });
  assert.doesNotMatch(text, /^event:/m);
  assert.match(text, /^data: \{"type":"message_stop"\}$/m);
});

test('a stream can end with [DONE]', async () => {
  assert.match((await raw(endpoint, { kind: 'doneLine' })).text, /message_stop"\}\n\ndata: \[DONE\]\n\n$/);
});

test('message_start can come twice with the same id', async () => {
  const events = eventsIn((await raw(endpoint, { kind: 'secondMessageStart', sameId: true })).text);
  assert.deepEqual(
    events.slice(0, 3).map(event => event.name),
    ['message_start', 'message_start', 'content_block_start'],
  );
  assert.deepEqual(events[0], events[1]);
  assert.equal(joined(events, 'text_delta', 'text'), await whole(endpoint));
});

test('an answer can start again under another id', async () => {
  const events = eventsIn((await raw(endpoint, { kind: 'secondMessageStart', sameId: false })).text);
  const starts = events.flatMap(({ name, data }, at) =>
    name === 'message_start' ? [{ at, id: (data['message'] as Json)['id'] }] : [],
  );
  assert.equal(starts.length, 2);
  assert.notEqual(starts[0]?.id, starts[1]?.id);
  const first = events.slice(0, starts[1]?.at);
  assert.equal(first.filter(event => event.name === 'content_block_delta').length, 3);
  assert.equal(joined(events.slice(starts[1]?.at), 'text_delta', 'text'), await whole(endpoint));
});

test('comments can stand before and between the events', async () => {
  const { text } = await raw(endpoint, { kind: 'comments' });
  assert.match(text, /^: PING\n\nevent: message_start\n/);
  assert.ok((text.match(/^: PING$/gm)?.length ?? 0) > 10);
});

test('events and deltas of unknown types can stand between the others', async () => {
  const events = eventsIn((await raw(endpoint, { kind: 'unknownEvents' })).text);
  assert.ok(events.some(event => event.name === 'vertex_event'));
  assert.ok(events.some(({ data }) => (data['delta'] as Json | undefined)?.['type'] === 'mystery_delta'));
  assert.equal(joined(events, 'text_delta', 'text'), await whole(endpoint));
});

for (const [part, pattern] of [
  ['ping', /event: ping/],
  ['usage', /"usage"/],
  ['blockStart', /event: content_block_start/],
  ['blockStop', /event: content_block_stop/],
  ['messageDelta', /event: message_delta/],
] as const) {
  test(`a stream can be without ${part}`, async () => {
    assert.match((await raw(endpoint, [])).text, pattern);
    assert.doesNotMatch((await raw(endpoint, { kind: 'omit', parts: [part] })).text, pattern);
  });
}

test('thinking can be without its signature, and a tool call without input', async () => {
  const content = [
    { type: 'thinking', thinking: 'Hm.' },
    { type: 'tool_use', name: 'look', input: { at: 1 } },
  ] as const;
  const { text } = await raw(endpoint, [
    { kind: 'script', content },
    { kind: 'omit', parts: ['signature', 'toolInput'] },
  ]);
  assert.match(text, /thinking_delta/);
  assert.doesNotMatch(text, /signature_delta|input_json_delta/);
});

test('the last event can be unterminated', async () => {
  assert.match((await raw(endpoint, { kind: 'unterminated' })).text, /\ndata: \{"type":"message_stop"\}$/);
});

test('an answer that is released before it is held goes on, and only that one', async () => {
  endpoint.faults.release();
  assert.equal(deltas((await raw(endpoint, { kind: 'hold', afterPieces: 1 })).text) > 1, true);
  const second = raw(endpoint, { kind: 'hold', afterPieces: 1 });
  await endpoint.faults.held();
  endpoint.faults.release();
  assert.equal(deltas((await second).text) > 1, true);
});

test('an answer is held a second time, and not before it has got there', async () => {
  const answer = raw(endpoint, { kind: 'hold', afterPieces: 1, againAfter: 4 });
  await endpoint.faults.held();
  endpoint.faults.release();
  // The first wait is over at once, so this is the second one.
  await endpoint.faults.held();
  endpoint.faults.release();
  assert.equal(deltas((await answer).text) > 4, true);
});

test('what was released before the faults were cleared holds again', async () => {
  endpoint.faults.release();
  endpoint.faults.clear();
  const answer = raw(endpoint, { kind: 'hold', afterPieces: 1 });
  await endpoint.faults.held();
  endpoint.faults.release();
  await answer;
});

function afterLastDelta(text: string): string {
  return text.slice(text.lastIndexOf('text_delta'));
}
