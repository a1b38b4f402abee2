import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventStreamParser } from '../../../src/core/messages/eventStream.ts';

type Heard = { data: string; name: string | undefined } | { stray: string };

const event = (data: string, name?: string): Heard => ({ data, name });

const cases: { name: string; stream: string; heard: Heard[] }[] = [
  { name: 'an event with a name', stream: 'event: a\ndata: b\n\n', heard: [event('b', 'a')] },
  { name: 'a name behind its data', stream: 'data: b\nevent: a\n\n', heard: [event('b', 'a')] },
  { name: 'no blank behind the colon', stream: 'event:a\ndata:b\n\n', heard: [event('b', 'a')] },
  { name: 'one blank of two', stream: 'data:  b \n\n', heard: [event(' b ')] },
  { name: 'empty data', stream: 'data\ndata:\n\ndata:\n\n', heard: [event(''), event('')] },
  { name: 'several data lines', stream: 'data: a\ndata:\ndata: b\n\n', heard: [event('a\n\nb')] },
  { name: 'a name without data', stream: 'event: a\n\ndata: b\n\n', heard: [event('b')] },
  { name: 'comments, ids and retries', stream: ': data: a\n:\nid: 1\nid\nretry: 5\ndata: b\n\n', heard: [event('b')] },
  { name: 'fields with longer names', stream: 'data2: a\nevents: b\ndat\n\n', heard: ['data2: a', 'events: b', 'dat'].map(stray => ({ stray })) }, // prettier-ignore
  { name: 'bare JSON', stream: 'data: a\n\n{"error":1}', heard: [event('a'), { stray: '{"error":1}' }] },
  { name: 'a last event without its end', stream: 'event: a\ndata: b', heard: [event('b', 'a')] },
  { name: 'nothing', stream: '\n\n\n', heard: [] },
  { name: 'a line that ends where its field does', stream: 'data:\nevent:\ndata: b\n\n', heard: [event('\nb', '')] },
];

for (const { name, stream, heard } of cases) {
  test(`${name}: the same with every line end, in every slicing`, () => {
    for (const eol of ['\n', '\r\n', '\r']) {
      const text = stream.replaceAll('\n', eol);
      assert.deepEqual(hear([text]), heard, JSON.stringify(eol));
      assert.deepEqual(hear(text.match(/./gs) ?? []), heard, `${JSON.stringify(eol)} by character`);
      for (let cut = 1; cut < text.length; cut++) {
        assert.deepEqual(hear([text.slice(0, cut), text.slice(cut)]), heard, `${JSON.stringify(eol)} cut at ${cut}`);
      }
    }
  });
}

test('a long line in small pieces is heard once, whole', () => {
  const line = 'a long line '.repeat(20_000);
  const pieces = `data: ${line}\n\n`.match(/.{1,64}|\n/gs) ?? [];
  assert.deepEqual(hear(pieces), [event(line)]);
});

function hear(chunks: string[]): Heard[] {
  const heard: Heard[] = [];
  const parser = new EventStreamParser({
    event: (data, name) => heard.push({ data, name }),
    strayLine: stray => heard.push({ stray }),
  });
  for (const chunk of chunks) parser.feed(chunk);
  parser.end();
  return heard;
}
