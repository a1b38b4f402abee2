import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendListener } from '../../../src/core/messages/client.ts';
import type { Review } from '../../../src/core/chat/reviews.ts';
import type { ChatSession } from '../../../src/core/chat/session.ts';
import type { ConversationStore } from '../../../src/core/conversation/store.ts';
import { Conversations, type RunNews, type SessionViewer } from '../../../src/core/chat/conversations.ts';
import type { Change } from '../../../src/shared/protocol/changes.ts';
import { answerWith, reportWith, type Script, setUp, turn, write } from '../../support/session.ts';

function viewer() {
  const changes: Change[] = [];
  const running: boolean[] = [];
  let taken = 0;
  let unsaved = 0;
  const shown: SessionViewer = {
    changed: (_, change) => changes.push(change),
    runningChanged: isRunning => running.push(isRunning),
    unsaved: () => unsaved++,
    mayGoOut: () => Promise.resolve(true),
    taken: () => taken++,
  };
  return { shown, changes, running, taken: () => taken, unsaved: () => unsaved };
}

const noFindings = { reviewed: () => undefined, hasFindings: () => false };

function begin(...scripts: Script[]) {
  const { ports, requests, store } = setUp(...scripts);
  const news: RunNews[] = [];
  /** Those that stand in the editor. */
  const reviews: Review[] = [];
  const sessions = new Conversations({
    ...ports,
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

/** The store, of which `check` may throw for a method that is asked for. */
function failingStore(store: ConversationStore, check: (name: string | symbol) => void): ConversationStore {
  return new Proxy(store, {
    get: (_, name) => {
      check(name);
      const value: unknown = Reflect.get(store, name, store);
      return typeof value === 'function' ? (value.bind(store) as unknown) : value;
    },
  });
}

test('one place shows a conversation: the one that comes later, and the other one hears of it', async () => {
  const { sessions } = begin();
  const [first, second] = [viewer(), viewer()];
  const session = await sessions.enter(undefined, first.shown);
  assert.equal(await sessions.enter(session.id, second.shown), session);
  assert.deepEqual([first.taken(), second.taken()], [1, 0]);
  session.rename('Tea');
  assert.deepEqual([first.changes.length, second.changes.length], [0, 1]);
  // The first one leaves what it has lost already.
  sessions.leave(session, first.shown);
  assert.equal(sessions.find(session.id), session);
});

test('an answer goes on when nobody shows it, and whoever comes finds it running', async () => {
  const answer = longAnswer();
  const { sessions, store } = begin(answer.script);
  const [first, second] = [viewer(), viewer()];
  const session = await sessions.enter(undefined, first.shown);
  const sent = session.send(turn('q'));
  await answer.begun;
  sessions.leave(session, first.shown);
  assert.equal(await sessions.enter(session.id, second.shown), session);
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
  const session = await sessions.enter(undefined, shown);
  await session.send(turn('q'));
  sessions.leave(session, shown);
  assert.equal(sessions.find(session.id), undefined);
  const again = await sessions.enter(session.id, shown);
  assert.notEqual(again, session);
  assert.equal(again.conversation.turns.length, 2);
});

test('nothing that waits in the queue is sent where nobody looks', async () => {
  const answer = longAnswer();
  const { sessions, requests } = begin(answer.script, answerWith('second'));
  const { shown } = viewer();
  const session = await sessions.enter(undefined, shown);
  const sent = session.send(turn('q'));
  await answer.begun;
  session.enqueue(turn('later'));
  sessions.leave(session, shown);
  answer.end();
  await sent;
  await new Promise(setImmediate);
  assert.equal(requests.length, 1);
  assert.equal((await sessions.enter(session.id, shown)).unsent.queue.turns.length, 1);
});

test('each answer is told of at its beginning and at its end', async () => {
  const { sessions, news } = begin(answerWith('a'));
  const place = viewer();
  const session = await sessions.enter(undefined, place.shown);
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
  const both = [await sessions.enter(undefined, shown), await sessions.enter(undefined, shown)];
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
    await sessions.closeFindings(conversationId, turnId, new Set(['finding 0']), 'dismissed');
    await sessions.find(conversationId)?.saved();
    assert.equal(sessions.find(conversationId), undefined);
    const stored = store.load(conversationId)?.turns.at(-1);
    assert.equal(stored?.role === 'assistant' && stored.findings?.[0]?.closed, 'dismissed');
  }
});

test('a conversation whose findings are taken away is let go', async () => {
  const { sessions, reviews } = begin(report);
  const { shown } = viewer();
  const session = await sessions.enter(undefined, shown);
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
  const session = await sessions.enter(undefined, shown);
  await session.send(turn('one', 'review'));
  await session.send(turn('two', 'review'));
  const [first, second] = reviews.splice(0);
  await sessions.closeFindings(session.id, first?.turnId ?? '', new Set(['finding 0']), 'applied');
  await session.saved();
  sessions.leave(session, shown);
  assert.equal(sessions.find(session.id), undefined);
  await sessions.enter(session.id, shown);
  assert.deepEqual(
    reviews.map(({ turnId, findings }) => [turnId, findings.length]),
    [[second?.turnId, 1]],
  );
});

test('a finding can be closed when its review stands on another branch by then', async () => {
  const { sessions, store, reviews } = begin(report, report);
  const { shown } = viewer();
  const session = await sessions.enter(undefined, shown);
  await session.send(turn('one', 'review'));
  const [review] = reviews;
  await session.again.retry(review?.turnId ?? '');
  await sessions.closeFindings(session.id, review?.turnId ?? '', new Set(['finding 0']), 'dismissed');
  await session.saved();
  const stored = store.loadTurns(session.id).find(({ id }) => id === review?.turnId);
  assert.equal(stored?.role === 'assistant' && stored.findings?.[0]?.closed, 'dismissed');
  assert.equal(store.load(session.id)?.turns.at(-1)?.id, reviews[1]?.turnId, 'the branch that is shown stays');
});

test('at the end what has arrived is saved at once, then what runs has ended as cut, and nothing follows', async () => {
  const answer = longAnswer();
  const { sessions, store, news, requests } = begin(answer.script, answerWith('next'));
  const { shown, running } = viewer();
  const session = await sessions.enter(undefined, shown);
  const sent = session.send(turn('q'));
  await answer.begun;
  session.enqueue(turn('waits'));
  const last = (): unknown => store.load(session.id)?.turns.at(-1);
  await session.saved();
  const closed = sessions.close();
  assert.partialDeepStrictEqual(last(), { content: [{ type: 'text', text: 'so far' }] });
  await closed;
  assert.partialDeepStrictEqual(last(), { state: { phase: 'truncated', problem: { kind: 'interrupted' } } });
  // Whoever closes the store does it now.
  store.close();
  await sent;
  assert.equal(requests.length, 1);
  assert.deepEqual([running, news.length], [[true], 1], 'places and what tells of answers are gone already');
});

test('a conversation that cannot be read now is not begun anew under its name', async () => {
  const { ports, store } = setUp(answerWith('one'), answerWith('two'));
  let isLocked = false;
  const reading = failingStore(ports.store, name => {
    if (name === 'load' && isLocked) throw new Error('locked');
  });
  const failures: unknown[] = [];
  const sessions = new Conversations({
    ...ports,
    ...noFindings,
    store: reading,
    storeFailed: error => failures.push(error),
    onRun: () => undefined,
  });
  const { shown } = viewer();
  const first = await sessions.enter(undefined, shown);
  await first.send(turn('q'));
  sessions.leave(first, shown);
  isLocked = true;
  const again = await sessions.enter(first.id, shown);
  assert.ok(again.isDamaged);
  assert.equal(failures.length, 1);
  await again.send(turn('next'));
  assert.equal(store.load(first.id)?.turns.length, 2);
});

test('what is not saved yet stays live when its place leaves it, until it is saved', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { ports, store } = setUp();
  const full = Object.assign(new Error('full'), { errcode: 13 });
  let isFull = true;
  const saving = failingStore(ports.store, name => {
    if (name === 'write' && isFull) throw full;
  });
  const sessions = new Conversations({ ...ports, ...noFindings, store: saving, onRun: () => undefined });
  const { shown, unsaved } = viewer();
  const session = await sessions.enter(undefined, shown);
  session.unsent.draft = 'half';
  await session.saved();
  assert.equal(unsaved(), 1);
  sessions.leave(session, shown);
  assert.equal(sessions.find(session.id), session);
  isFull = false;
  t.mock.timers.tick(5_000);
  await session.saved();
  assert.equal(sessions.find(session.id), undefined);
  assert.equal(store.load(session.id)?.draft, 'half');
});

test('what is being saved when its place leaves it is there when it is opened again', async () => {
  const { ports } = setUp();
  const mayWrite = Promise.withResolvers<undefined>();
  const slow = {
    ...ports.store,
    write: async (...changes: Parameters<typeof ports.store.write>) => {
      await mayWrite.promise;
      await ports.store.write(...changes);
    },
  };
  const sessions = new Conversations({ ...ports, ...noFindings, store: slow, onRun: () => undefined });
  const { shown } = viewer();
  const session = await sessions.enter(undefined, shown);
  session.unsent.draft = 'half';
  sessions.leave(session, shown);
  assert.equal(await sessions.enter(session.id, shown), session);
  sessions.leave(session, shown);
  mayWrite.resolve(undefined);
  await session.saved();
  const again = await sessions.enter(session.id, shown);
  assert.notEqual(again, session);
  assert.equal(again.unsent.draft, 'half');
});

test('a conversation that two places open at once is live once, and the later place has it', async () => {
  const { sessions } = begin(answerWith('a'));
  const [first, second, third] = [viewer(), viewer(), viewer()];
  const { id } = await sessions.enter(undefined, first.shown);
  const opened = await Promise.all([sessions.enter('c', second.shown), sessions.enter('c', third.shown)]);
  assert.equal(opened[0], opened[1]);
  assert.deepEqual([second.taken(), third.taken()], [1, 0]);
  const free = await sessions.enterFree('c', first.shown);
  assert.notEqual(free, opened[0]);
  assert.notEqual(free.id, id);
});

test('what was left and saves something afterwards does not let go of the conversation that was opened anew', async () => {
  const { sessions } = begin();
  const { shown } = viewer();
  const left = await sessions.enter(undefined, shown);
  sessions.leave(left, shown);
  const live = await sessions.enter(left.id, shown);
  assert.notEqual(live, left);
  left.unsent.draft = 'late';
  await left.saved();
  assert.equal(sessions.find(left.id), live);
});

const type = (text: string) => (session: ChatSession) => (session.unsent.draft = text);

test('what was typed is kept in the conversation that it was typed in, whichever is shown by then', async () => {
  const { sessions, store } = begin();
  const [first, second] = [viewer(), viewer()];
  const one = await sessions.enter(undefined, first.shown);
  const two = await sessions.enter(undefined, second.shown);
  await sessions.tell(one.id, type('half'));
  await sessions.tell(two.id, ({ unsent }) => unsent.typeToolResults('asked', [{ text: 'blue', isError: false }]));
  await sessions.tell('unknown', type('lost'));
  assert.deepEqual([one.unsent.draft, two.unsent.draft], ['half', '']);
  assert.deepEqual(two.unsent.unfinished.toolResults, { turnId: 'asked', results: [{ text: 'blue', isError: false }] });
  assert.deepEqual(one.unsent.unfinished, {});
  assert.equal(store.load('unknown'), undefined);
});

test('what a page tells of a conversation that was let go already is kept in it, unless it was deleted', async () => {
  const { sessions, store } = begin(answerWith('a'));
  const { shown } = viewer();
  const left = await sessions.enter(undefined, shown);
  await left.send(turn('q'));
  const empty = await sessions.enter(undefined, shown);
  const gone = await sessions.enter(undefined, shown);
  for (const session of [left, empty, gone]) sessions.leave(session, shown);
  sessions.deleted(gone.id);
  for (const { id } of [left, empty, gone]) await sessions.tell(id, type('the last word'));
  await sessions.close();
  assert.deepEqual(
    [left, empty, gone].map(({ id }) => store.load(id)?.draft),
    ['the last word', 'the last word', undefined],
  );
  assert.equal(store.load(left.id)?.turns.length, 2);
  assert.deepEqual(sessions.sessions, []);
});

/** A store that writes nothing before `release` is called. */
function slowly(store: ConversationStore) {
  const mayWrite = Promise.withResolvers<undefined>();
  const write: ConversationStore['write'] = async changes => {
    await mayWrite.promise;
    await store.write(changes);
  };
  return { store: { ...store, write }, release: () => mayWrite.resolve(undefined) };
}

test('closing waits for what a conversation that was let go saves afterwards', async () => {
  const { ports, store } = setUp();
  const slow = slowly(ports.store);
  const sessions = new Conversations({ ...ports, ...noFindings, store: slow.store, onRun: () => undefined });
  const { shown } = viewer();
  const left = await sessions.enter(undefined, shown);
  sessions.leave(left, shown);
  const other = await sessions.enter(undefined, shown);
  sessions.leave(other, shown);
  assert.deepEqual(sessions.sessions, []);
  left.unsent.draft = 'late';
  assert.equal(sessions.find(left.id), left, 'it is live again');
  // Another one has taken the place of this one by then.
  const anew = await sessions.enter(other.id, shown);
  assert.notEqual(anew, other);
  other.unsent.draft = 'later';
  let isClosed = false;
  const closed = sessions.close().then(() => (isClosed = true));
  await new Promise(setImmediate);
  assert.ok(!isClosed);
  slow.release();
  await closed;
  assert.deepEqual([store.load(left.id)?.draft, store.load(other.id)?.draft], ['late', 'later']);
});

test('an answer that a conversation begins after it was let go is found, and ended with the others', async () => {
  const answer = longAnswer();
  const { sessions, store } = begin(answer.script);
  const { shown } = viewer();
  const left = await sessions.enter(undefined, shown);
  sessions.leave(left, shown);
  const sent = left.send(turn('q'));
  await answer.begun;
  assert.equal(sessions.find(left.id), left);
  await sessions.close();
  assert.partialDeepStrictEqual(store.load(left.id)?.turns.at(-1), { state: { phase: 'truncated' } });
  await sent;
});

test('closing waits for what is being opened, and saves what it begins with', async () => {
  const { ports, store } = setUp();
  const mayLoad = Promise.withResolvers<undefined>();
  const slow = {
    ...ports.store,
    load: async (id: string) => {
      await mayLoad.promise;
      return ports.store.load(id);
    },
  };
  const sessions = new Conversations({ ...ports, ...noFindings, store: slow, onRun: () => undefined });
  const entered = sessions.enter('copy', viewer().shown, type('brought along'));
  const closed = sessions.close();
  mayLoad.resolve(undefined);
  await closed;
  assert.equal(store.load('copy')?.draft, 'brought along');
  await entered;
});
