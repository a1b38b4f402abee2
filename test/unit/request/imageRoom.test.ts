import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachedTo } from '../../../src/shared/attached.ts';
import type { MediaAttachment } from '../../../src/shared/attachment.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import { withinImageRoom } from '../../../src/core/request/imageRoom.ts';
import type { TurnRecord } from '../../../src/core/conversation/turns.ts';
import { imagesOfCalls, type RanCall } from '../../../src/shared/ranCalls.ts';
import { answered } from '../../support/turns.ts';

const image = (name: string, edge = 100): MediaAttachment => ({
  id: name,
  kind: 'image',
  name,
  source: { type: 'base64', mediaType: 'image/png', data: name },
  pixels: { width: edge, height: edge },
});
const images = (count: number, name: string, edge?: number): MediaAttachment[] =>
  Array.from({ length: count }, (_, index) => image(`${name}${index}`, edge));
const asked = (id: string, attachments: MediaAttachment[]): UserTurn => ({
  id,
  role: 'user',
  createdAt: 0,
  intent: 'chat',
  text: 'see',
  excerpts: [],
  attachments,
});
const sent = (turns: readonly TurnRecord[]): string[] =>
  turns.flatMap(turn => (turn.role === 'user' ? attachedTo(turn).map(({ id }) => id) : []));

test('with room for all of them, the turns are the same', () => {
  const turns = [asked('1', images(20, 'a', 2_500)), answered, asked('3', [])];
  assert.equal(withinImageRoom(turns, 100), turns);
});

test('the oldest give way where there are more than a request takes, and a note stands for each', () => {
  const turns = [asked('1', images(3, 'a')), answered, asked('3', images(3, 'b'))];
  const fitting = withinImageRoom(turns, 5);
  assert.deepEqual(sent(fitting), ['a1', 'a2', 'b0', 'b1', 'b2']);
  const [first] = fitting;
  assert.equal(first?.role === 'user' && first.text, 'see\n\n[a0 was attached here]');
  assert.equal(withinImageRoom(turns, 5)[0], first, 'the same turn again, by which its size is known');
});

test('where there are more than twenty, the oldest with a long edge give way, as many as have to', () => {
  const turns = [asked('1', [image('wide', 2_500), image('small')]), answered, asked('3', images(20, 'b'))];
  assert.deepEqual(sent(withinImageRoom(turns, 100)), ['small', ...images(20, 'b').map(({ id }) => id)]);
  const all = [asked('1', images(12, 'a', 2_500)), answered, asked('3', images(12, 'b', 2_500))];
  assert.deepEqual(sent(withinImageRoom(all, 100)).length, 20);
});

test('what is asked now keeps its own', () => {
  const turns = [asked('1', images(6, 'a'))];
  assert.deepEqual(sent(withinImageRoom(turns, 5)).length, 6);
});

/** An answer whose one call has brought these, with the turn that hands them back. */
function brought(id: string, ...found: MediaAttachment[]): TurnRecord[] {
  const call: RanCall = {
    index: 0,
    state: 'done',
    line: { action: 'view', subject: '' },
    result: {
      text: 'seen',
      isError: false,
      images: found.map(each => ({
        id: each.id,
        kind: 'image',
        name: each.name,
        source: { type: 'base64', mediaType: 'image/png', data: each.source.type === 'base64' ? each.source.data : '' },
      })),
    },
  };
  const content = [{ type: 'tool_use', id: `call ${id}`, name: 'look', inputJson: '{}', input: {} } as const];
  return [
    { ...answered, id, content, calls: [call] },
    { ...asked(`${id} back`, []), text: '', handsBack: true },
  ];
}
const seen = (turns: readonly TurnRecord[]): string[] =>
  turns.flatMap(turn => (turn.role === 'assistant' ? imagesOfCalls(turn.calls ?? []).map(({ id }) => id) : []));

test('what tools have brought gives way, the oldest first, up to the last', () => {
  const turns = [asked('1', images(2, 'a')), ...brought('2', ...images(2, 'b')), ...brought('3', ...images(2, 'c'))];
  assert.equal(withinImageRoom(turns, 6), turns);
  const fitting = withinImageRoom(turns, 3);
  assert.deepEqual([...sent(fitting), ...seen(fitting)], ['b1', 'c0', 'c1']);
  const [, first] = fitting;
  const result = first?.role === 'assistant' ? first.calls?.[0]?.result : undefined;
  assert.equal(result?.text, 'seen\n\n[b0 was attached here]');
  assert.equal(withinImageRoom(turns, 3)[1], first, 'the same turn again, by which its size is known');
  assert.deepEqual(seen(withinImageRoom(turns, 1)), ['c1']);
  assert.deepEqual(seen(turns), ['b0', 'b1', 'c0', 'c1'], 'the conversation keeps them');
});

test('images of more bytes than a request takes give way, the oldest first', () => {
  const heavy = (id: string): MediaAttachment => ({
    ...image(id),
    source: { type: 'base64', mediaType: 'image/png', data: 'A'.repeat(5 * 1024 * 1024) },
  });
  const turns = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap(id => brought(id, heavy(id)));
  assert.deepEqual(seen(withinImageRoom(turns, 100)), ['b', 'c', 'd', 'e', 'f', 'g']);
});
