import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { answerWith, calling, replay, type Script, turn } from '../../support/session.ts';
import { endingWith, openWithTools } from '../../support/toolSession.ts';

test('an answer that pauses with calls goes on with their results', async () => {
  const { session, requests } = openWithTools(endingWith('pause_turn', calling(['rocket', {}])), answerWith('Done.'));
  await session.send(turn('go'));
  assert.equal(requests.length, 2);
  assert.equal(uncachedText(requests[1]?.messages.at(-1)?.content), 'Error: There is no tool called rocket.');
});

/** The service searches by itself, and pauses after what it has found. */
const searching: Script = (listener, message) => {
  const blocks: AnswerContent[] = [
    { type: 'thinking', thinking: 'I should search.', signature: 'signed' },
    { type: 'other', raw: { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'tides' } } },
    { type: 'other', raw: { type: 'web_search_tool_result', tool_use_id: 's', content: [{ encrypted_content: 'x' }] } },
  ];
  for (const block of blocks) listener.blockStarted(message.content.push(block) - 1, block);
  message.stopReason = 'pause_turn';
  return { kind: 'complete', message };
};

test('an answer that pauses goes on by itself, from all that it holds as it is, and stays one answer', async () => {
  const { session, requests, changes, store } = openWithTools(searching, searching, answerWith('High at noon.'));
  await session.send(turn('go'));
  assert.equal(requests.length, 3);
  const held = [
    { type: 'thinking', thinking: 'I should search.', signature: 'signed' },
    { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'tides' } },
    { type: 'web_search_tool_result', tool_use_id: 's', content: [{ encrypted_content: 'x' }] },
  ];
  assert.deepEqual(requests[1]?.messages.slice(1), [{ role: 'assistant', content: held }]);
  assert.deepEqual(requests[2]?.messages.slice(1), [{ role: 'assistant', content: [...held, ...held] }]);
  assert.deepEqual(requests[2].tools, requests[0]?.tools);
  assert.deepEqual(
    session.branch.turns.map(({ role }) => role),
    ['user', 'assistant'],
  );
  const [, answer] = session.branch.turns;
  assert.equal(answer?.role === 'assistant' && answer.content.length, 7);
  assert.deepEqual(replay(changes), session.conversation);
  await session.saved();
  assert.deepEqual(store.load('c')?.turns, session.branch.turns);
});

test('an answer that pauses with nothing but text goes on as one that was cut, and its calls then run', async () => {
  const { session, requests } = openWithTools(
    endingWith('pause_turn', answerWith('I search')),
    calling(['rocket', {}]),
    answerWith('Done.'),
  );
  await session.send(turn('go'));
  assert.equal(requests.length, 3);
  assert.match(JSON.stringify(requests[1]?.messages), /I search/);
  assert.equal(uncachedText(requests[2]?.messages.at(-1)?.content), 'Error: There is no tool called rocket.');
});

test('pauses count as rounds: after 25 requests, or past a budget, the user is asked, and Continue goes on', async () => {
  const { session, requests, lastId, user } = openWithTools(
    ...Array.from({ length: 26 }, () => searching),
    answerWith('Done.'),
  );
  await session.send(turn('go'));
  assert.equal(requests.length, 25);
  const [, answer] = session.branch.turns;
  assert.equal(answer?.role === 'assistant' && answer.pause, 'rounds');
  user.isOverBudget = true;
  await session.again.continue(lastId());
  assert.equal(requests.length, 26);
  assert.equal(answer?.role === 'assistant' && answer.pause, 'budget');
  user.isOverBudget = false;
  await session.again.continue(lastId());
  assert.equal(requests.length, 27);
  assert.equal(answer?.role === 'assistant' && answer.content.length, 26 * 3 + 1);
  assert.equal(answer?.role === 'assistant' && answer.pause, undefined);
});

test('Stop ends an answer that goes on after a pause, and keeps what it holds', async () => {
  const waiting: Script = (_, message, signal) =>
    new Promise(resolve => signal.addEventListener('abort', () => resolve({ kind: 'stopped', message })));
  const { session, requests, settle } = openWithTools(searching, waiting);
  const sent = session.send(turn('go'));
  await settle();
  assert.equal(requests.length, 2);
  session.stop();
  await sent;
  const [, answer] = session.branch.turns;
  assert.ok(answer?.role === 'assistant');
  assert.deepEqual([answer.state.phase, answer.content.length], ['stopped', 3]);
});

/** The text of the first result. */
function uncachedText(content: unknown): unknown {
  const [first] = content as { content?: unknown }[];
  return first?.content;
}

test('after 25 answers the user is asked before it goes on', async () => {
  const rounds = Array.from({ length: 26 }, () => calling(['rocket', {}]));
  const { session, requests, lastId, changes } = openWithTools(...rounds, answerWith('Done.'));
  await session.send(turn('go'));
  assert.equal(requests.length, 25);
  const last = session.branch.turns.at(-1);
  assert.equal(last?.role === 'assistant' && last.pause, 'rounds');
  assert.deepEqual(replay(changes), session.conversation);
  await session.calls.handBack(lastId());
  assert.equal(requests.length, 27);
});

test('past a budget the user is asked before it goes on', async () => {
  const { session, requests, user, lastId } = openWithTools(calling(['rocket', {}]), answerWith('Done.'));
  user.isOverBudget = true;
  await session.send(turn('go'));
  const last = session.branch.turns.at(-1);
  assert.equal(last?.role === 'assistant' && last.pause, 'budget');
  await session.calls.handBack(lastId());
  assert.equal(requests.length, 2);
});
