import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendListener } from '../../../src/core/messages/client.ts';
import type { Review } from '../../../src/core/chat/session.ts';
import { LiveSessions, type RunNews, type SessionViewer } from '../../../src/host/places/liveSessions.ts';
import type { Change } from '../../../src/shared/protocol.ts';
import { answerWith, reportWith, type Script, setUp, turn, write } from '../../support/session.ts';

function viewer() {
  const changes: Change[] = [];
  const running: boolean[] = [];
  let taken = 0;
  const shown: SessionViewer = {
    changed: change => changes.push(change),
    runningChanged: isRunning => running.push(isRunning),
    mayGoOut: () => Promise.resolve(true),
    taken: () => taken++,
  };
  return { shown, changes, running, taken: () => taken };
}

function begin(...scripts: Script[]) {
  const { ports, requests, store } = setUp(...scripts);
  const news: RunNews[] = [];
  /** Those that stand in the editor. */
  const reviews: Review[] = [];
  const sessions = new LiveSessions({
    ...ports,
    store: () => store,
    onRun: told => news.push(told),
    reviewed: review => reviews.push(review),
    hasFindings: id => reviews.some(({ conversationId }) => conversationId === id),
  });
  return { sessions, news, requests, store, reviews };
}

/** An answer that goes on until `end` is called, or its signal stops it. */
function longAnswer() {
  const ended = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<SendListener>();
  const script: Script = async (listener, message, signal) => {
    write(listener, message, 'so far');
    begun.resolve(listener);
    signal.addEventListener('abort', () => ended.resolve(undefined));
    await ended.promise;
    if (signal.aborted) return { kind: 'stopped', message };
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  };
  return { script, begun: begun.promise, end: () => ended.resolve(undefined) };
}

test('one place shows a conversation: the one that comes later, and the other one hears of it', () => {
  const { sessions } = begin();
  const [first, second] = [viewer(), viewer()];
  const session = sessions.enter(undefined, first.shown);
  assert.equal(sessions.enter(session.id, second.shown), session);
  assert.deepEqual([first.taken(), second.taken()], [1, 0]);
  session.rename('Tea');
  assert.deepEqual([first.changes.length, second.changes.length], [0, 1]);
  // The first one leaves what it has lost already.
  sessions.leave(session, first.shown);
  assert.ok(sessions.isShown(session.id));
});

test('an answer goes on when nobody shows it, and whoever comes finds it running', async () => {
  const answer = longAnswer();
  const { sessions, store } = begin(answer.script);
  const [first, second] = [viewer(), viewer()];
  const session = sessions.enter(undefined, first.shown);
  const sent = session.send(turn('q'));
  await answer.begun;
  sessions.leave(session, first.shown);
  assert.equal(sessions.isShown(session.id), false);
  assert.equal(sessions.enter(session.id, second.shown), session);
  assert.ok(session.running);
  sessions.leave(session, second.shown);
  answer.end();
  await sent;
  const stored = store.load(session.id)?.turns.at(-1);
  assert.equal(stored?.role === 'assistant' && stored.state.phase, 'complete');
  assert.equal(sessions.find(session.id), undefined);
});

test('what nobody shows and nothing answers is let go, and read again when it is needed', async () => {
  const { sessions } = begin(answerWith('a'));
  const { shown } = viewer();
  const session = sessions.enter(undefined, shown);
  await session.send(turn('q'));
  sessions.leave(session, shown);
  assert.equal(sessions.find(session.id), undefined);
  const again = sessions.enter(session.id, shown);
  assert.notEqual(again, session);
  assert.equal(again.conversation.turns.length, 2);
});

test('nothing that waits in the queue is sent where nobody looks', async () => {
  const answer = longAnswer();
  const { sessions, requests } = begin(answer.script, answerWith('second'));
  const { shown } = viewer();
  const session = sessions.enter(undefined, shown);
  const sent = session.send(turn('q'));
  await answer.begun;
  session.enqueue(turn('later'));
  sessions.leave(session, shown);
  answer.end();
  await sent;
  await new Promise(setImmediate);
  assert.equal(requests.length, 1);
  assert.equal(sessions.enter(session.id, shown).unsent.queue.turns.length, 1);
});

test('each answer is told of at its beginning and at its end', async () => {
  const { sessions, news } = begin(answerWith('a'));
  const place = viewer();
  const session = sessions.enter(undefined, place.shown);
  await session.send(turn('q'));
  assert.deepEqual(
    news.map(({ end }) => end?.phase),
    [undefined, 'complete'],
  );
  assert.deepEqual(place.running, [true, false]);
});

const report = reportWith({
  findings: [{ severity: 'error', title: 'T', explanation: 'E', quote: 'a == b', path: 'x.ts' }],
});

test('conversations whose findings stand in the editor are kept, each until its last one is closed', async () => {
  const { sessions, store, reviews } = begin(report, report);
  const { shown } = viewer();
  const both = [sessions.enter(undefined, shown), sessions.enter(undefined, shown)];
  for (const [index, session] of both.entries()) {
    await session.send(turn(`review ${index}`, 'review'));
    sessions.leave(session, shown);
  }
  assert.deepEqual(
    reviews.map(({ conversationId }) => conversationId),
    both.map(({ id }) => id),
  );
  for (const { conversationId, turnId } of reviews.splice(0)) {
    assert.ok(sessions.find(conversationId));
    sessions.closeFindings(conversationId, turnId, new Set(['finding 0']), 'dismissed');
    assert.equal(sessions.find(conversationId), undefined);
    const stored = store.load(conversationId)?.turns.at(-1);
    assert.equal(stored?.role === 'assistant' && stored.findings?.[0]?.closed, 'dismissed');
  }
});

test('a conversation whose findings are taken away is let go', async () => {
  const { sessions, reviews } = begin(report);
  const { shown } = viewer();
  const session = sessions.enter(undefined, shown);
  await session.send(turn('q', 'review'));
  sessions.leave(session, shown);
  sessions.letGo(session.id);
  assert.equal(sessions.find(session.id), session, 'not before');
  reviews.length = 0;
  sessions.letGo(session.id);
  assert.equal(sessions.find(session.id), undefined);
});

test('what is open of all its reviews is there again with a conversation', async () => {
  const { sessions, reviews } = begin(report, report);
  const { shown } = viewer();
  const session = sessions.enter(undefined, shown);
  await session.send(turn('one', 'review'));
  await session.send(turn('two', 'review'));
  const [first, second] = reviews.splice(0);
  sessions.closeFindings(session.id, first?.turnId ?? '', new Set(['finding 0']), 'applied');
  sessions.leave(session, shown);
  assert.equal(sessions.find(session.id), undefined);
  sessions.enter(session.id, shown);
  assert.deepEqual(
    reviews.map(({ turnId, findings }) => [turnId, findings.length]),
    [[second?.turnId, 1]],
  );
});

test('a finding can be closed when its review stands on another branch by then', async () => {
  const { sessions, store, reviews } = begin(report, report);
  const { shown } = viewer();
  const session = sessions.enter(undefined, shown);
  await session.send(turn('one', 'review'));
  const [review] = reviews;
  await session.retry(review?.turnId ?? '');
  sessions.closeFindings(session.id, review?.turnId ?? '', new Set(['finding 0']), 'dismissed');
  const stored = store.loadTurns(session.id).find(({ id }) => id === review?.turnId);
  assert.equal(stored?.role === 'assistant' && stored.findings?.[0]?.closed, 'dismissed');
  assert.equal(store.load(session.id)?.turns.at(-1)?.id, reviews[1]?.turnId, 'the branch that is shown stays');
});

test('at the end everything that runs is stopped and saved', async () => {
  const answer = longAnswer();
  const { sessions, store } = begin(answer.script);
  const { shown } = viewer();
  const session = sessions.enter(undefined, shown);
  const sent = session.send(turn('q'));
  await answer.begun;
  sessions.leave(session, shown);
  sessions.dispose();
  await sent;
  const stored = store.load(session.id)?.turns.at(-1);
  assert.equal(stored?.role === 'assistant' && stored.state.phase, 'stopped');
});
