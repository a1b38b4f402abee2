import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { type Script, answerWith, replay, setUp, thinkThen, thought, turn, write } from '../../support/session.ts';
import { problemOf } from '../../support/problemOf.ts';

test('cache breakpoints that are refused are left out by themselves, from then on', async () => {
  const refused: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('messages.0.content.0.cache_control: Extra inputs are not permitted'),
  });
  const { session, requests } = setUp(refused, answerWith('ok'), answerWith('again'));
  session.unsent.parameters = { cache: true };
  await session.send(turn('hi '.repeat(5_000)));
  await session.send(turn('more'));
  assert.deepEqual(
    requests.map(request => JSON.stringify(request).includes('cache_control')),
    [true, false, false],
  );
  for (const answer of session.conversation.turns.filter(({ role }) => role === 'assistant')) {
    assert.ok(answer.role === 'assistant' && answer.state.phase === 'complete');
    assert.deepEqual(answer.adjustments, [{ field: 'cache_control', change: 'leftOut', reason: 'refusedBefore' }]);
  }
});

test('a model that is not found, and that its vendor ends, is named with the one that takes its place', async () => {
  const missing: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: { kind: 'notFound', detail: 'model: claude-opus-4-1-20250805', status: 404 },
  });
  const { session } = setUp(missing, missing);
  for (const [model, successor] of [
    ['claude-opus-4-1-20250805', 'claude-opus-5'],
    ['no-such-model', undefined],
  ] as const) {
    session.unsent.parameters = { model };
    await session.send(turn('hi'));
    const failed = session.conversation.turns.at(-1);
    assert.ok(failed?.role === 'assistant' && failed.state.phase === 'failed');
    assert.equal(failed.state.problem.modelEnd?.successor, successor);
  }
});

test('a question that the model declined, and what it said to it, are not sent again', async () => {
  const declined: Script = (listener, message) => {
    write(listener, message, 'I cannot');
    message.stopReason = 'refusal';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(answerWith('one'), declined, answerWith('three'));
  for (const text of ['a', 'b', 'c']) await session.send(turn(text));
  assert.deepEqual(requests[2]?.messages, [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'one' },
    { role: 'user', content: 'c' },
  ]);
});

test('thinking goes back to the model that signed it, and to no other', async () => {
  const { session, requests } = setUp(thinkThen('one'), thinkThen('two'), thinkThen('three'));
  await session.send(turn('a'));
  await session.send(turn('b'));
  session.unsent.parameters = { model: 'another' };
  await session.send(turn('c'));
  const text = { type: 'text', text: 'one' };
  assert.deepEqual(requests[1]?.messages[1]?.content, [thought, text]);
  assert.deepEqual(requests[2]?.messages[1]?.content, 'one');
});

test('thinking that the endpoint cannot verify is taken out once, said, and not sent again', async () => {
  const refused: Script = (_listener, message) => ({
    kind: 'failed',
    message,
    problem: problemOf('messages.1.content.0: Invalid `signature` in `thinking` block'),
  });
  const { session, requests, changes } = setUp(thinkThen('one'), refused, answerWith('two'), answerWith('three'));
  await session.send(turn('a'));
  await session.send(turn('b'));
  assert.equal(requests.length, 3);
  assert.deepEqual(requests[2]?.messages[1]?.content, [{ type: 'text', text: 'one' }]);
  const healed = session.conversation.turns.at(-1);
  assert.ok(healed?.role === 'assistant' && healed.state.phase === 'complete');
  assert.deepEqual(healed.adjustments, [{ field: 'thinking', change: 'leftOut', reason: 'signature' }]);
  assert.deepEqual(replay(changes), session.conversation, 'the view shows what was left out');
  await session.send(turn('c'));
  assert.equal(requests[3]?.messages[1]?.content, 'one');
});

test('a tool use and its result go back block by block, thinking first', async () => {
  const call: Script = (listener, message) => {
    const block: AnswerContent = {
      type: 'tool_use',
      id: 'call.1',
      name: 'look',
      inputJson: '{"at":1}',
      input: { at: 1 },
    };
    for (const content of [{ ...thought }, block]) {
      message.content.push(content);
      listener.blockStarted(message.content.length - 1, content);
    }
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(call, answerWith('seen'));
  session.unsent.parameters = { tools: [{ name: 'look', input_schema: { type: 'object' } }] };
  await session.send(turn('look'));
  await session.send({ ...turn(''), toolResults: [{ toolUseId: 'call.1', text: 'a cat', isError: false }] });
  assert.deepEqual(requests[1]?.messages.slice(1), [
    { role: 'assistant', content: [thought, { type: 'tool_use', id: 'call_1', name: 'look', input: { at: 1 } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'a cat' }] },
  ]);
});

test('a tool use that the limit has cut keeps nothing waiting, and is not handed back', async () => {
  const cut: Script = (listener, message) => {
    const block: AnswerContent = { type: 'tool_use', id: 't', name: 'look', inputJson: '{"at":' };
    message.content.push(block);
    listener.blockStarted(0, block);
    message.stopReason = 'max_tokens';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(cut, answerWith('fine'));
  session.unsent.parameters = { tools: [{ name: 'look', input_schema: { type: 'object' } }] };
  const sent = session.send(turn('look'));
  session.enqueue(turn('and then?'));
  await sent;
  await session.idle();
  assert.deepEqual(
    requests[1]?.messages.map(({ role }) => role),
    ['user'],
  );
});

test('a tool use that the user goes on without is answered for them', async () => {
  const call: Script = (listener, message) => {
    const block: AnswerContent = { type: 'tool_use', id: 't', name: 'look', inputJson: '{}', input: {} };
    message.content.push(block);
    listener.blockStarted(0, block);
    message.stopReason = 'tool_use';
    return { kind: 'complete', message };
  };
  const { session, requests } = setUp(call, answerWith('fine'));
  session.unsent.parameters = { tools: [{ name: 'look', input_schema: { type: 'object' } }] };
  await session.send(turn('look'));
  await session.send(turn('never mind'));
  const content = requests[1]?.messages[2]?.content;
  assert.ok(Array.isArray(content));
  assert.deepEqual(
    content.map(block => block.type),
    ['tool_result', 'text'],
  );
});
