import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversations } from '../../../src/core/chat/conversations.ts';
import { answerWith, calling, turn } from '../../support/session.ts';
import { change, look, openWithTools, resultOf, uncached } from '../../support/toolSession.ts';

test('who waits for the user’s word is told once, also of a conversation that nobody shows', async () => {
  const { ports, settle } = openWithTools(calling(change('a')), answerWith('Then not.'));
  const asking: string[] = [];
  const left: string[] = [];
  const conversations = new Conversations({
    ...ports,
    tools: { ...ports.tools, left: id => left.push(id) },
    onRun: () => undefined,
    onAsk: ({ id }) => asking.push(id),
    reviewed: () => undefined,
    hasFindings: () => false,
  });
  const viewer = {
    changed: () => undefined,
    runningChanged: () => undefined,
    unsaved: () => undefined,
    mayGoOut: () => Promise.resolve(true),
    taken: () => undefined,
  };
  const session = await conversations.enter('c', viewer);
  session.unsent.mode = 'act';
  const sent = session.send(turn('change'));
  conversations.leave(session, viewer);
  await settle();
  assert.deepEqual(asking, ['c']);
  session.calls.decide(session.branch.turns.at(-1)?.id ?? '', 0, 'deny');
  await sent;
  assert.deepEqual(asking, ['c']);
  await settle();
  assert.deepEqual(left, ['c'], 'and once nothing of it goes on, what tools have kept for it is ended');
});

test('what is denied goes back as such, and the model goes on', async () => {
  const { session, requests, settle } = openWithTools(calling(change('a')), answerWith('Then not.'));
  const sent = session.send(turn('change'));
  await settle();
  session.calls.decide('another turn', 0, 'allow');
  session.calls.decide(session.branch.turns.at(-1)?.id ?? '', 0, 'deny');
  await sent;
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: 'Not executed: the user declined.', is_error: true },
  ]);
});

for (const [state, script] of [
  ['running', calling(look('a'))],
  ['awaiting', calling(change('a'))],
] as const) {
  test(`Stop while a call is ${state} leaves a conversation that can go on`, async () => {
    const { session, requests, settle, calls, lastId, running } = openWithTools(script, answerWith('Well.'));
    const sent = session.send(turn('look'));
    await settle();
    assert.equal(calls()[0]?.state, state);
    session.stop();
    await sent;
    assert.deepEqual(running, [true, false]);
    assert.equal(session.running, false);
    assert.equal(calls()[0]?.state, 'failed');
    assert.equal(requests.length, 1, 'nothing goes out by itself');
    await session.calls.handBack(lastId());
    assert.equal(requests.length, 2);
    assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
      { type: 'tool_result', tool_use_id: 't0', content: resultOf(session), is_error: true },
    ]);
  });
}

test('the Stop of one call lets the answer go on, with its result beside the others', async () => {
  const { session, requests, settle, release, lastId } = openWithTools(
    calling(look('a'), look('b')),
    answerWith('Well.'),
  );
  const sent = session.send(turn('look'));
  await settle();
  session.calls.stop('another turn', 0);
  session.calls.stop(lastId(), 1);
  await settle();
  await release('a');
  await sent;
  assert.equal(requests.length, 2);
  const [first, second] = uncached(requests[1]?.messages.at(-1)?.content) as Record<string, unknown>[];
  assert.equal(first?.['content'], 'a done');
  assert.match(String(second?.['content']), /^The user stopped it while it ran/);
});

test('a message after a stop carries the results along', async () => {
  const { session, requests, settle } = openWithTools(calling(look('a')), answerWith('Well.'));
  const sent = session.send(turn('look'));
  await settle();
  session.stop();
  await sent;
  await session.send(turn('never mind'));
  assert.deepEqual(uncached(requests[1]?.messages.at(-1)?.content), [
    { type: 'tool_result', tool_use_id: 't0', content: resultOf(session), is_error: true },
    { type: 'text', text: 'never mind' },
  ]);
});
