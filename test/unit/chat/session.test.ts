import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { type ConversationStore, emptyConversation } from '../../../src/core/conversation/store.ts';
import { type Script, answerWith, replay, setUp, summary, turn, write } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

test('a turn is answered, saved and shown, and the view built from changes equals the snapshot', async () => {
  const { session, store, changes } = setUp(answerWith('Hello'));
  await session.send(turn('hi'));
  assert.deepEqual(session.conversation.turns.map(summary), ['user hi', 'assistant complete Hello']);
  assert.equal(session.conversation.title, 'hi');
  assert.equal(store.load('c')?.turns.length, 2);
  assert.deepEqual(replay(changes), session.conversation);
});

test('the next turn carries the conversation', async () => {
  const { session, requests } = setUp(answerWith('one'), answerWith('two'));
  await session.send(turn('first'));
  await session.send(turn('second'));
  assert.deepEqual(requests[1]?.messages, [
    { role: 'user', content: 'first' },
    { role: 'assistant', content: 'one' },
    { role: 'user', content: 'second' },
  ]);
});

test('a question that starts over is asked without what was said before, and so is what follows it', async () => {
  const { session, store, changes, requests } = setUp(...['one', 'two', 'three', 'four'].map(answerWith));
  await session.send(turn('first'));
  const review = { ...turn('explain'), startsOver: true };
  assert.deepEqual((await session.nextRequest(review)).history, []);
  await session.send(review);
  await session.send(turn('why?'));
  assert.deepEqual(requests[1]?.messages, [{ role: 'user', content: 'explain' }]);
  assert.deepEqual(
    requests[2]?.messages.map(({ content }) => content),
    ['explain', 'two', 'why?'],
  );

  session.setStart(review.id, false);
  assert.equal((await session.nextRequest()).history.length, 6);
  const stored = store.load('c')?.turns[2];
  assert.equal(stored?.role === 'user' && stored.startsOver, false, 'it is stored');
  await session.send(turn('and now?'));
  assert.deepEqual(
    requests[3]?.messages.map(({ content }) => content),
    ['first', 'one', 'explain', 'two', 'why?', 'three', 'and now?'],
  );
  assert.deepEqual(replay(changes), session.conversation);
});

test('a second question while an answer runs is refused and loses nothing', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { session } = setUp(async (listener, message) => {
    await gate.promise;
    return answerWith('late')(listener, message, new AbortController().signal);
  });
  const running = session.send(turn('one'));
  assert.equal(session.running, true);
  assert.equal(await session.send(turn('two')), false);
  gate.resolve(undefined);
  await running;
  assert.deepEqual(session.conversation.turns.map(summary), ['user one', 'assistant complete late']);
});

test('stopping keeps what arrived', async () => {
  const { session } = setUp(async (listener, message, signal) => {
    write(listener, message, 'half');
    await new Promise(resolve => signal.addEventListener('abort', resolve));
    return { kind: 'stopped', message };
  });
  const running = session.send(turn('go'));
  await turnOfLoop();
  session.stop();
  await running;
  assert.deepEqual(session.conversation.turns.map(summary), ['user go', 'assistant stopped half']);
});

test('an attempt after a wait starts empty, and the view follows', async () => {
  const { session, changes } = setUp((listener, message) => {
    const problem = { kind: 'overloaded', detail: '' } as const;
    listener.retrying({ attempt: 1, maxAttempts: 3, delayMs: 10, problem, skip: () => undefined });
    listener.attemptStarted();
    return answerWith('after all')(listener, message, new AbortController().signal);
  });
  await session.send(turn('hi'));
  assert.ok(changes.some(change => change.type === 'answer' && change.state.phase === 'retrying'));
  assert.deepEqual(replay(changes), session.conversation);
});

test('a relay that begins anew replaces what it had said', async () => {
  const { session, changes } = setUp((listener, message) => {
    write(listener, message, 'wrong');
    message.content.length = 0;
    listener.restarted();
    return answerWith('right')(listener, message, new AbortController().signal);
  });
  await session.send(turn('hi'));
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete right');
  assert.deepEqual(replay(changes), session.conversation);
});

test('an answer that was running when the window closed is marked as cut and keeps its text', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { session, store, ports } = setUp(listener => {
    const message = { id: 'x', model: 'm', content: [], stopReason: null, stopSequence: null, usage: {} };
    write(listener, message, 'half');
    // Silent from here on: what is there is stored all the same.
    return new Promise(() => undefined);
  });
  void session.send(turn('go'));
  await turnOfLoop();
  t.mock.timers.tick(500);
  const stored = store.load('c');
  assert.ok(stored);
  const reopened = new ChatSession(stored, ports);
  assert.deepEqual(reopened.conversation.turns.map(summary), ['user go', 'assistant truncated half']);
});

test('the draft is kept with the conversation and goes with the message', async () => {
  const { session, store } = setUp(answerWith('ok'));
  session.unsent.draft = 'half';
  await session.saved();
  assert.equal(store.load('c')?.draft, 'half');
  await session.send(turn('half a message'));
  assert.equal(store.load('c')?.draft, '');
});

test('no key is told in the conversation and nothing is sent', async () => {
  const { session, ports, requests } = setUp(answerWith('never'));
  const settings = (await ports.connect()).settings;
  const keyless = new ChatSession(emptyConversation('k'), {
    ...ports,
    connect: () => Promise.resolve({ ok: false, settings, problem: { kind: 'noKey', detail: '' } }),
  });
  await keyless.send(turn('hi'));
  assert.deepEqual(keyless.conversation.turns.map(summary), ['user hi', 'assistant failed ']);
  assert.equal(requests.length, 0);
  assert.equal(session.running, false);
});

test('a full disk is reported and the conversation goes on', async () => {
  const { ports, failures } = setUp(answerWith('still here'));
  const throwing = (): Promise<never> => Promise.reject(new Error('database or disk is full'));
  const failing: ConversationStore = {
    ...ports.store,
    write: throwing,
    loadTree: throwing,
    loadTurns: throwing,
    loadTaken: throwing,
    loadTurn: throwing,
    loadBranch: throwing,
  };
  const session = new ChatSession(emptyConversation('d'), {
    ...ports,
    store: failing,
  });
  await session.send(turn('hi'));
  assert.deepEqual(session.conversation.turns.map(summary), ['user hi', 'assistant complete still here']);
  assert.ok(failures.length > 0);
});

test('a prefill is what the answer begins with', async () => {
  const { session, requests, changes, use } = setUp(answerWith('"a": 1}'));
  use({ model: 'claude-sonnet-4-5-20250929' });
  session.unsent.parameters = { prefill: '{' };
  await session.send(turn('JSON please'));
  assert.deepEqual(requests[0]?.messages.at(-1), { role: 'assistant', content: '{' });
  assert.equal(session.conversation.turns.map(summary)[1], 'assistant complete {"a": 1}');
  assert.deepEqual(replay(changes), session.conversation);
});

test('an answer keeps the limits that were sent for it, who has set them, and the sequence that ended it', async () => {
  const atSequence: Script = (listener, message) => {
    write(listener, message, 'One');
    message.stopReason = 'stop_sequence';
    message.stopSequence = 'END';
    return { kind: 'complete', message };
  };
  const { session } = setUp(answerWith('a'), atSequence);
  await session.send(turn('one'));
  session.unsent.parameters = { max_tokens: 7, stop_sequences: ['END'] };
  await session.send(turn('two'));
  const answers = session.conversation.turns.filter(each => each.role === 'assistant');
  assert.deepEqual(
    answers.map(({ limits }) => limits),
    [
      { maxTokens: 100, maxTokensFrom: 'parameters' },
      { maxTokens: 7, maxTokensFrom: 'parameters', stopSequencesFrom: 'parameters' },
    ],
  );
  assert.deepEqual(answers[1]?.state, { phase: 'complete', stopReason: 'stop_sequence', stopSequence: 'END' });
});

test('parameters of the conversation come before the settings and are stored with it', async () => {
  const { session, store, requests } = setUp(answerWith('ok'));
  session.unsent.parameters = { model: 'other', max_tokens: 7, temperature: 0.1 };
  await session.send(turn('hi'));
  const { model, max_tokens, temperature } = requests[0] ?? {};
  assert.deepEqual({ model, max_tokens, temperature }, { model: 'other', max_tokens: 7, temperature: 0.1 });
  assert.deepEqual(store.load('c')?.parameters, { model: 'other', max_tokens: 7, temperature: 0.1 });
});
