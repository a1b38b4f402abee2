import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { type ConversationStore, emptyConversation, type StoreChange } from '../../../src/core/conversation/store.ts';
import { answerWith, calling, replay, turn } from '../../support/session.ts';
import { look, openWithTools, resultOf, uncached } from '../../support/toolSession.ts';

test('what is said for the next results goes in their turn, behind them, and lets the rounds begin anew', async () => {
  const { session, requests, release, settle, changes, store } = openWithTools(
    calling(look('a')),
    calling(look('b')),
    answerWith('Done.'),
  );
  const sent = session.send(turn('look'));
  await settle();
  session.enqueue(turn('later'));
  session.enqueue({ ...turn('first'), steers: true });
  session.enqueue({ ...turn('second'), steers: true });
  session.unsent.queue.steer('turn second', false);
  session.unsent.queue.steer('turn second', true);
  assert.deepEqual(
    session.unsent.queue.messages.map(({ text, steers }) => [text, steers]),
    [
      ['first', true],
      ['second', true],
      ['later', undefined],
    ],
  );
  await release('a');
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: 'a done' },
    { type: 'text', text: 'first\n\nsecond' },
  ]);
  assert.deepEqual(
    session.unsent.queue.turns.map(({ text }) => text),
    ['later'],
    'and what waits for the end goes on waiting',
  );
  assert.deepEqual(replay(changes), session.conversation);
  await session.saved();
  assert.deepEqual(store.load('c')?.turns, session.branch.turns);
  session.stop();
  await sent;
  assert.equal(session.unsent.queue.turns.length, 1);
});

test('what is said for the next results is at every moment either in the queue or in the conversation', async () => {
  const { ports, store, release, settle } = openWithTools(calling(look('a')), answerWith('Well.'));
  const base = ports.store;
  const moments: string[][] = [];
  const watched: ConversationStore = {
    ...base,
    write: async (changes: readonly StoreChange[]): Promise<void> => {
      await base.write(changes);
      // As the next window finds it, where this one ends here.
      const { turns, queue } = store.load('c') ?? emptyConversation('c');
      const said = [...turns, ...queue].flatMap(one => (one.role === 'user' ? one.text.split('\n\n') : []));
      moments.push(said.filter(text => text === 'one' || text === 'two').toSorted());
    },
  };
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: watched });
  session.unsent.mode = 'act';
  const sent = session.send(turn('look'));
  await settle();
  session.enqueue({ ...turn('one'), steers: true });
  session.enqueue({ ...turn('two'), steers: true });
  await session.saved();
  const before = moments.length;
  await release('a');
  await sent;
  await session.saved();
  assert.ok(moments.length > before);
  for (const moment of moments.slice(before)) assert.deepEqual(moment, ['one', 'two']);
  assert.deepEqual(store.load('c')?.queue, []);
});

test('what is said for results that never come goes out after the answer, as any message', async () => {
  const { session, requests, settle } = openWithTools(answerWith('Done.'), answerWith('Next.'));
  const sent = session.send(turn('go'));
  session.enqueue({ ...turn('also'), steers: true });
  await sent;
  await settle();
  assert.equal(requests.length, 2);
  const also = session.branch.turns[2];
  assert.deepEqual(also?.role === 'user' && [also.text, also.steers], ['also', undefined]);
});

test('what is said for the next results outlives a stop and the window, and goes with them on the user’s word', async () => {
  const { session, requests, settle, ports, store } = openWithTools(calling(look('a')), answerWith('Well.'));
  const sent = session.send(turn('look'));
  await settle();
  session.enqueue({ ...turn('and b'), steers: true });
  session.stop();
  await sent;
  await session.saved();
  assert.equal(requests.length, 1);
  const reopened = new ChatSession(store.load('c') ?? emptyConversation('c'), ports);
  assert.deepEqual(
    reopened.unsent.queue.messages.map(({ text, steers }) => [text, steers]),
    [['and b', true]],
  );
  await reopened.calls.handBack(reopened.branch.turns.at(-1)?.id ?? '');
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: resultOf(reopened), is_error: true },
    { type: 'text', text: 'and b' },
  ]);
  assert.equal(reopened.unsent.queue.first, undefined);
});

test('who says something in mid-run is not asked whether it may go on', async () => {
  const rounds = Array.from({ length: 49 }, () => calling(['rocket', {}]));
  const { session, requests } = openWithTools(...rounds, answerWith('Done.'));
  const sent = session.send(turn('go'));
  session.enqueue({ ...turn('on'), steers: true });
  await sent;
  assert.equal(requests.length, 26, 'one round before it, 25 after it');
});
