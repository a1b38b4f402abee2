import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import type { TurnRecord } from '../../../src/core/conversation/turns.ts';
import { answerWith, replay, setUp, summary, turn } from '../../support/session.ts';

const shown = ({ conversation }: ChatSession): string[] => conversation.turns.map(summary);

test('a question that is edited is asked in the place of the first, and both stay', async () => {
  const { session, store, changes, requests } = setUp(answerWith('one'), answerWith('two'), answerWith('other'));
  await session.send(turn('first'));
  await session.send(turn('second'));
  await session.rewriting.question('turn first', 'changed');
  assert.deepEqual(shown(session), ['user changed', 'assistant complete other']);
  assert.deepEqual(requests[2]?.messages, [{ role: 'user', content: 'changed' }]);
  const [edited] = session.conversation.turns;
  assert.deepEqual(session.conversation.siblings, {
    [edited?.id ?? '']: { index: 1, count: 2, previousId: 'turn first' },
  });
  assert.deepEqual(replay(changes), session.conversation);

  assert.ok(await session.branch.switchTo('turn first'));
  assert.deepEqual(shown(session), ['user first', 'assistant complete one', 'user second', 'assistant complete two']);
  assert.deepEqual(replay(changes), session.conversation);
  assert.deepEqual(
    store.load('c')?.turns.map(({ id }) => id),
    session.conversation.turns.map(({ id }) => id),
  );
});

test('an answer can be asked for again anywhere, with another model for this once', async () => {
  const { session, changes, requests } = setUp(
    answerWith('one'),
    answerWith('two'),
    answerWith('three'),
    answerWith('four'),
  );
  await session.send(turn('first'));
  await session.send(turn('second'));
  const [, first] = session.conversation.turns;
  await session.again.retry(first?.id ?? '', { model: 'another' });
  assert.deepEqual(shown(session), ['user first', 'assistant complete three']);
  assert.equal(requests[2]?.model, 'another');
  assert.equal(session.conversation.parameters.model, undefined);
  assert.deepEqual(replay(changes), session.conversation);
  await session.send(turn('third'));
  assert.equal(requests[3]?.model, 'm');
});

test('an answer is asked for again as the parameters are then, which stay the conversation’s', async () => {
  const { session, requests } = setUp(answerWith('one'), answerWith('two'), answerWith('three'));
  await session.send(turn('first'));
  session.unsent.parameters = { model: 'another', top_k: 7, max_tokens: 50 };
  await session.again.retry(session.conversation.turns[1]?.id ?? '');
  const [before, again] = requests;
  assert.deepEqual(again, { ...before, model: 'another', top_k: 7, max_tokens: 50 });
  assert.equal(session.conversation.siblings[session.conversation.turns[1]?.id ?? '']?.count, 2);
  await session.send(turn('second'));
  assert.partialDeepStrictEqual(requests[2], { model: 'another', top_k: 7, max_tokens: 50 });
});

test('an edited answer is what later requests hand back', async () => {
  const { session, changes, requests } = setUp(answerWith('wrong'), answerWith('next'));
  await session.send(turn('first'));
  const [, answer] = session.conversation.turns;
  session.rewriting.answer(answer?.id ?? '', 'right');
  assert.deepEqual(shown(session), ['user first', 'assistant complete right']);
  await session.send(turn('second'));
  assert.deepEqual(requests[1]?.messages, [
    { role: 'user', content: 'first' },
    { role: 'assistant', content: 'right' },
    { role: 'user', content: 'second' },
  ]);
  assert.deepEqual(replay(changes), session.conversation);
});

test('a deleted question goes with its answer, what followed stays, and all comes back', async () => {
  const { session, store, changes, requests, ports } = setUp(answerWith('one'), answerWith('two'), answerWith('three'));
  await session.send(turn('first'));
  await session.send(turn('second'));
  const before = session.conversation;
  assert.ok(await session.deleteTurn('turn first'));
  assert.deepEqual(shown(session), ['user second', 'assistant complete two']);
  assert.deepEqual(replay(changes), session.conversation);

  const reopened = new ChatSession(store.load('c') ?? assert.fail(), ports);
  assert.deepEqual(shown(reopened), ['user second', 'assistant complete two']);

  await session.send(turn('third'));
  assert.deepEqual(requests[2]?.messages[0], { role: 'user', content: 'second' });
  await session.restoreTurn();
  assert.deepEqual(session.conversation.turns.slice(0, 4), before.turns);
  assert.deepEqual(shown(session).slice(4), ['user third', 'assistant complete three']);
  assert.deepEqual(replay(changes), session.conversation);
});

test('the last turn can be deleted, and the next one stands after what is left', async () => {
  const { session, changes, requests } = setUp(answerWith('one'), answerWith('two'), answerWith('three'));
  await session.send(turn('first'));
  await session.send(turn('second'));
  await session.deleteTurn('turn second');
  await session.send(turn('third'));
  assert.equal(requests[2]?.messages.length, 3);
  assert.deepEqual(shown(session), ['user first', 'assistant complete one', 'user third', 'assistant complete three']);
  assert.deepEqual(session.conversation.siblings, {});
  assert.deepEqual(replay(changes), session.conversation);
});

test('a branch is deleted from a turn on, with all of its versions, and comes back as it was', async () => {
  const { session, store, changes, ports } = setUp(
    ...['one', 'two', 'another two', 'three', 'other'].map(text => answerWith(text)),
  );
  await session.send(turn('first'));
  await session.send(turn('second'));
  await session.again.retry(session.conversation.turns[3]?.id ?? '');
  await session.send(turn('third'));
  await session.rewriting.question('turn second', 'other second');
  const other = session.conversation.turns[2]?.id ?? '';
  await session.switchTo('turn second');
  const before = session.conversation;
  assert.deepEqual(shown(session).slice(2), [
    'user second',
    'assistant complete another two',
    'user third',
    'assistant complete three',
  ]);

  assert.ok(await session.deleteBranch('turn second'));
  const left = ['user first', 'assistant complete one', 'user other second', 'assistant complete other'];
  assert.deepEqual(shown(session), left, 'the other version takes its place');
  assert.deepEqual(session.conversation.siblings, {});
  assert.deepEqual(replay(changes), session.conversation);
  const reopened = new ChatSession(store.load('c') ?? assert.fail(), ports);
  assert.deepEqual(shown(reopened), left);
  assert.deepEqual(reopened.conversation.siblings, {});

  assert.ok(await session.deleteBranch(other));
  assert.deepEqual(shown(session), ['user first', 'assistant complete one']);
  await session.restoreTurn();
  await session.restoreTurn();
  await session.switchTo('turn second');
  assert.deepEqual(session.conversation, before);
  assert.deepEqual(replay(changes), session.conversation);
  assert.equal(await session.deleteBranch('nobody'), false);
});

test('where a deleted version was the last, another one takes its place', async () => {
  const { session, changes } = setUp(answerWith('one'), answerWith('two'));
  await session.send(turn('first'));
  await session.again.retry(session.conversation.turns[1]?.id ?? '');
  assert.ok(await session.deleteTurn(session.conversation.turns[1]?.id ?? ''));
  assert.deepEqual(shown(session), ['user first', 'assistant complete one']);
  assert.deepEqual(session.conversation.siblings, {});
  await session.restoreTurn();
  assert.deepEqual(shown(session), ['user first', 'assistant complete two']);
  assert.deepEqual(replay(changes), session.conversation);
});

test('an answer that failed before it began leaves no branch behind', async () => {
  const { session } = setUp(
    (_, message) => ({ kind: 'failed', message, problem: { kind: 'overloaded', detail: '' } }),
    answerWith('at last'),
  );
  await session.send(turn('first'));
  await session.again.retry(session.conversation.turns[1]?.id ?? '');
  assert.deepEqual(shown(session), ['user first', 'assistant complete at last']);
  assert.deepEqual(session.conversation.siblings, {});
});

test('while an answer runs, nothing is put in its place', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { session } = setUp(answerWith('one'), async (listener, message, signal) => {
    await gate.promise;
    return answerWith('two')(listener, message, signal);
  });
  await session.send(turn('first'));
  const running = session.send(turn('second'));
  await session.rewriting.question('turn first', 'changed');
  session.rewriting.answer(session.conversation.turns[1]?.id ?? '', 'changed');
  gate.resolve(undefined);
  await running;
  assert.equal(session.conversation.turns.length, 4);
  assert.deepEqual(session.conversation.siblings, {});
});

test('an unknown turn is no branch', async () => {
  const { session } = setUp(answerWith('one'));
  await session.send(turn('first'));
  assert.equal(await session.branch.switchTo('nobody'), false);
  assert.equal(await session.deleteTurn('nobody'), false);
  assert.equal(session.conversation.turns.length, 2);
});

test('what is asked while another branch is read goes to the branch that is shown', async () => {
  const { store, ports } = setUp(answerWith('one'), answerWith('two'), answerWith('three'));
  const mayRead = Promise.withResolvers<undefined>();
  const loadBranch = async (headId: string): Promise<TurnRecord[]> => {
    await mayRead.promise;
    return store.loadBranch(headId);
  };
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: { ...ports.store, loadBranch } });
  await session.send(turn('first'));
  const [, first] = session.conversation.turns;
  await session.again.retry(first?.id ?? '');
  const switched = session.switchTo(first?.id ?? '');
  const sent = session.send(turn('second'));
  mayRead.resolve(undefined);
  await Promise.all([switched, sent]);
  const all = ['user first', 'assistant complete two', 'user second', 'assistant complete three'];
  assert.deepEqual(shown(session), all);
  const again = new ChatSession(store.load('c') ?? assert.fail(), ports);
  assert.deepEqual(shown(again), all);
});
