import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatSession, type SessionPorts } from '../../../src/core/chat/session.ts';
import { emptyConversation } from '../../../src/core/conversation/store.ts';
import { answerWith, cutAfter, reportWith, setUp, summary, turn } from '../../support/session.ts';

const locked = new Error('the keyring is locked');
const finding = { title: 'x', severity: 'error', path: 'x.ts', quote: 'y', explanation: 'z' };
const report = reportWith({ summary: '', findings: [finding] });

/** Ports that fail in one place, and what is asked. */
const failing: Record<string, { ports: Partial<SessionPorts>; intent?: 'review' }> = {
  'the way to the endpoint': { ports: { connect: () => Promise.reject(locked) } },
  'the client': { ports: { client: { send: () => Promise.reject(locked) } } },
  'the rules of the model': {
    ports: {
      rulesFor: () => {
        throw locked;
      },
    },
  },
  'the places of findings': { ports: { placeFindings: () => Promise.reject(locked) }, intent: 'review' },
};

for (const [what, { ports: failingPorts, intent = 'chat' }] of Object.entries(failing)) {
  test(`an answer ends with a problem where this fails: ${what}`, async () => {
    const { ports, failures } = setUp(report);
    const session = new ChatSession(emptyConversation('c'), { ...ports, ...failingPorts });
    await session.send(turn('go', intent));
    assert.equal(session.running, false);
    const answer = session.conversation.turns[1];
    assert.ok(answer?.role === 'assistant');
    assert.deepEqual(answer.state, { phase: 'failed', problem: { kind: 'internal', detail: locked.message } });
    assert.deepEqual(failures, []);
    const stored = (await ports.store.load('c'))?.turns[1];
    assert.deepEqual(stored?.role === 'assistant' && stored.state, answer.state, 'it is stored as it is shown');
  });
}

test('findings that the editor cannot show are in the conversation', async () => {
  const { ports } = setUp(report);
  const failed: unknown[] = [];
  const session = new ChatSession(emptyConversation('c'), {
    ...ports,
    findingsReported: () => {
      throw locked;
    },
    failed: error => failed.push(error),
  });
  await session.send(turn('go', 'review'));
  const answer = session.conversation.turns[1];
  assert.ok(answer?.role === 'assistant' && answer.state.phase === 'complete');
  assert.equal(answer.findings?.length, 1);
  assert.deepEqual(failed, [locked]);
});

test('what was there stays where a continuation fails before it is sent', async () => {
  const { ports } = setUp(cutAfter('half'));
  let isLocked = false;
  const session = new ChatSession(emptyConversation('c'), {
    ...ports,
    connect: () => (isLocked ? Promise.reject(locked) : ports.connect()),
  });
  await session.send(turn('go'));
  isLocked = true;
  await session.again.continue('answer 1');
  assert.equal(session.running, false);
  assert.deepEqual(session.conversation.turns.map(summary), ['user go', 'assistant truncated half']);
});

test('a summary that fails before it is sent can be tried again', async () => {
  const { ports } = setUp(answerWith('one'), answerWith('two'));
  let asked = 0;
  const session = new ChatSession(emptyConversation('c'), {
    ...ports,
    // The first question asks once, a summary looks at the sources before it asks.
    connect: () => (++asked === 3 ? Promise.reject(locked) : ports.connect()),
  });
  await session.send(turn('go'));
  const made = await session.summarizer.summarize('all');
  assert.equal(made?.turn.state.phase, 'failed');
  assert.equal(session.running, false);
  await session.summarizer.retry(made.turn.id);
  assert.equal(made.turn.state.phase, 'complete');
});

test('a queued message waits on where nobody can say whether it may go out', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { ports } = setUp(async (listener, message) => {
    await gate.promise;
    return answerWith('one')(listener, message, new AbortController().signal);
  });
  const failed: unknown[] = [];
  const session = new ChatSession(emptyConversation('c'), {
    ...ports,
    mayGoOut: () => Promise.reject(locked),
    failed: error => failed.push(error),
  });
  const running = session.send(turn('one'));
  session.enqueue(turn('two'));
  gate.resolve(undefined);
  await running;
  await session.idle();
  assert.deepEqual(failed, [locked]);
  assert.deepEqual(
    session.unsent.queue.messages.map(({ text }) => text),
    ['two'],
  );
});
