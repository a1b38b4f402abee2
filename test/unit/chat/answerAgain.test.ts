import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import type { Change } from '../../../src/shared/protocol/changes.ts';
import { type Script, answerWith, cutAfter, replay, setUp, summary, turn, write } from '../../support/session.ts';
import { problemOf } from '../../support/problemOf.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

test('retrying asks again without the old answer, which stays in the store', async () => {
  const { session, store, requests } = setUp(answerWith('bad'), answerWith('good'));
  await session.send(turn('hi'));
  const old = session.conversation.turns[1]?.id ?? '';
  await session.again.retry(old);
  assert.deepEqual(requests[1]?.messages, [{ role: 'user', content: 'hi' }]);
  assert.deepEqual(session.conversation.turns.map(summary), ['user hi', 'assistant complete good']);
  assert.equal(store.load('c')?.turns.length, 2);
});

test('an answer that another window goes on with is taken from there, and not asked for again', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const rest = Promise.withResolvers<undefined>();
  const { session, store, ports, requests } = setUp(async (listener, message) => {
    write(listener, message, 'half');
    await rest.promise;
    write(listener, message, ' and half');
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  });
  const answered = session.send(turn('go'));
  await turnOfLoop();
  t.mock.timers.tick(500);
  const stored = store.load('c');
  assert.ok(stored);
  const changes: Change[] = [];
  const other = new ChatSession(stored, { ...ports, emit: change => changes.push(change) });
  const cut = other.conversation.turns;
  assert.deepEqual(cut.map(summary), ['user go', 'assistant truncated half']);
  rest.resolve(undefined);
  await answered;
  await other.again.continue('answer 1');
  assert.deepEqual(other.conversation.turns.map(summary), ['user go', 'assistant complete half| and half']);
  assert.deepEqual(
    changes.map(({ type }) => type),
    ['block', 'answer'],
  );
  assert.deepEqual(
    replay([...cut.map(shown => ({ type: 'turn', turn: shown }) as const), ...changes]).turns,
    other.conversation.turns,
  );
  assert.equal(requests.length, 1);
});

test('a cut answer goes on from its text where the model takes a prefill', async () => {
  const { session, requests, changes, use } = setUp(cutAfter('The quick '), answerWith(' brown fox.'));
  use({ model: 'claude-sonnet-4-5-20250929' });
  await session.send(turn('go'));
  const id = session.conversation.turns[1]?.id ?? '';
  await session.again.continue(id);
  assert.deepEqual(session.conversation.turns.map(summary), ['user go', 'assistant complete The quick brown fox.']);
  assert.deepEqual(requests[1]?.messages.at(-1), { role: 'assistant', content: 'The quick' });
  assert.deepEqual(replay(changes), session.conversation);
});

test('a model without prefill is quoted the end of its answer, and what it repeats of that stands once', async () => {
  const { session, requests, use } = setUp(
    cutAfter('It was a dark and stormy ni'),
    answerWith('It was a dark and stormy night.'),
  );
  use({ model: 'claude-opus-4-8' });
  await session.send(turn('go'));
  await session.again.continue(session.conversation.turns[1]?.id ?? '');
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete It was a dark and stormy night.');
  assert.equal(requests[1]?.messages.length, 3);
  assert.match(JSON.stringify(requests[1].messages[2]), /It was a dark and stormy ni/);
});

test('a continuation that fails leaves the answer as cut as it was, and can be tried again', async () => {
  const { session, changes } = setUp(
    cutAfter('half'),
    (_listener, message) => ({ kind: 'failed', message, problem: { kind: 'overloaded', detail: '' } }),
    answerWith(' and half'),
  );
  await session.send(turn('go'));
  const id = session.conversation.turns[1]?.id ?? '';
  await session.again.continue(id);
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant truncated half');
  await session.again.continue(id);
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete half and half');
  assert.deepEqual(replay(changes), session.conversation);
});

test('a continuation counts what both requests took', async () => {
  const { session } = setUp(cutAfter('half', 10), cutAfter(' and half', 5));
  await session.send(turn('go'));
  await session.again.continue(session.conversation.turns[1]?.id ?? '');
  const answer = session.conversation.turns[1];
  assert.equal(answer?.role === 'assistant' && answer.usage?.outputTokens, 15);
});

test('a field that the endpoint names is left out of a retry, and of every later request', async () => {
  const refused: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('top_k: Extra inputs are not permitted'),
  });
  const { session, requests } = setUp(refused, answerWith('ok'), answerWith('again'), answerWith('it goes'));
  session.unsent.parameters = { top_k: 5 };
  await session.send(turn('hi'));
  const failed = session.conversation.turns[1];
  assert.ok(failed?.role === 'assistant' && failed.state.phase === 'failed');
  assert.equal(failed.state.problem.field, 'top_k');
  await session.again.retryWithout(failed.id);
  await session.send(turn('more'));
  assert.deepEqual(
    requests.map(request => request.top_k),
    [5, undefined, undefined],
  );
  const answer = session.conversation.turns.at(-1);
  assert.ok(answer?.role === 'assistant');
  assert.deepEqual(answer.adjustments, [{ field: 'top_k', change: 'leftOut', reason: 'refusedBefore' }]);
  await session.sendRefusedAgain('top_k');
  await session.send(turn('taken back'));
  assert.equal(requests.at(-1)?.top_k, 5);
});

test('a complete answer is not continued', async () => {
  const { session, requests } = setUp(answerWith('done'));
  await session.send(turn('go'));
  await session.again.continue(session.conversation.turns[1]?.id ?? '');
  assert.equal(requests.length, 1);
});
