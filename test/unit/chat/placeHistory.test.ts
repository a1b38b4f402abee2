import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlaceHistory } from '../../../src/core/chat/placeHistory.ts';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import type { HistoryHostMessage } from '../../../src/shared/protocol/history.ts';
import { openConversations } from '../../support/place.ts';
import { answerWith, type Script, turn } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

/** Two places, and the history as the first one shows it. */
function setUp(...scripts: Script[]) {
  const { place, conversations, store, failures } = openConversations(...scripts);
  const [first, second] = [place(), place()];
  const shown = [first.parts.shown, second.parts.shown];
  const posted: HistoryHostMessage[] = [];
  const forgotten: string[] = [];
  const erased: string[] = [];
  let changes = 0;
  const history: PlaceHistory = new PlaceHistory({
    history: inProcess(() => store).history,
    conversations,
    shown: () => shown,
    open: id => first.parts.shown.show(id),
    openInTab: id => second.parts.shown.show(id),
    deleted: id => forgotten.push(id),
    erased: id => {
      erased.push(id);
      return Promise.resolve();
    },
    changed: () => {
      changes++;
      history.changed();
    },
    post: message => posted.push(message),
    clock: () => 0,
    window: { id: 'here', isThere: () => true },
    now: () => 0,
  });
  const ask = async (text: string): Promise<string> => {
    const session = await first.parts.shown.open();
    await session.send(turn(text));
    await session.saved();
    return session.id;
  };
  const listed = async (shelf: 'current' | 'archived' | 'deleted' = 'current'): Promise<string[]> =>
    (await history.list(shelf, undefined)).conversations.map(({ id }) => id);
  const states = () => posted.findLast(message => message.type === 'conversationStates');
  return {
    first,
    second,
    history,
    posted,
    forgotten,
    erased,
    ask,
    listed,
    states,
    store,
    failures,
    changes: () => changes,
  };
}

test('what is answered and what is open is told at each change, while somebody looks on', async () => {
  const end = Promise.withResolvers<undefined>();
  const { first, history, states, posted } = setUp(async (_, message) => {
    await end.promise;
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  });
  const session = await first.parts.shown.open();
  history.changed();
  assert.deepEqual(posted, [], 'nobody looks on');
  await history.watch(true);
  assert.deepEqual(states(), { type: 'conversationStates', answering: [], elsewhere: [], open: [session.id] });
  const sent = session.send(turn('q'));
  await first.parts.shown.show();
  history.changed();
  const shownNow = first.parts.shown.session.id;
  assert.deepEqual(states(), { type: 'conversationStates', answering: [session.id], elsewhere: [], open: [shownNow] });
  end.resolve(undefined);
  await sent;
  history.changed();
  assert.deepEqual(states(), { type: 'conversationStates', answering: [], elsewhere: [], open: [shownNow] });
  await history.watch(false);
  const before = posted.length;
  history.changed();
  assert.equal(posted.length, before);
});

test('a deleted conversation gives its place to a new one, and comes back there', async () => {
  const { first, history, ask, listed, forgotten } = setUp(answerWith('a'));
  const id = await ask('Tea?');
  await history.delete(id);
  assert.notEqual(first.parts.shown.session.id, id);
  assert.deepEqual([await listed(), await listed('deleted'), forgotten], [[], [id], [id]]);
  await history.restore(id);
  assert.equal(first.parts.shown.session.id, id);
  assert.deepEqual([await listed(), await listed('deleted')], [[id], []]);
});

test('what comes back takes the place of nothing that was begun meanwhile', async () => {
  const { first, history, ask, listed } = setUp(answerWith('a'));
  const id = await ask('Tea?');
  await history.delete(id);
  const { session } = first.parts.shown;
  session.unsent.draft = 'half a mess';
  await history.restore(id);
  assert.equal(first.parts.shown.session, session);
  assert.ok((await listed()).includes(id));
});

test('deleting ends an answer, and what is deleted for good stays away', async () => {
  const { first, history, erased, listed, store, failures } = setUp(
    (_, message, signal) =>
      new Promise(resolve => signal.addEventListener('abort', () => resolve({ kind: 'stopped', message }))),
  );
  const session = await first.parts.shown.open();
  const sent = session.send(turn('q'));
  await history.erase(session.id);
  assert.deepEqual(erased, [session.id]);
  await sent;
  await session.saved();
  assert.deepEqual([await listed(), await listed('deleted')], [[], []]);
  assert.equal(store.load(session.id), undefined);
  assert.deepEqual(failures, []);
});

test('a title is changed where it is shown and where it is only stored; an empty one changes nothing', async () => {
  const { first, history, ask, changes } = setUp(answerWith('a'));
  const id = await ask('Tea?');
  await history.rename(id, '  About tea ');
  assert.equal(first.parts.shown.session.conversation.title, 'About tea');
  await first.parts.shown.show();
  await history.rename(id, 'Stored');
  await history.rename(id, '   ');
  const { conversations } = await history.list('current', undefined);
  assert.deepEqual(
    conversations.map(({ title }) => title),
    ['Stored'],
  );
  assert.equal(changes(), 2);
});

test('pinned and archived ones are listed so', async () => {
  const { history, ask, listed } = setUp(answerWith('a'));
  const id = await ask('Tea?');
  await history.pin(id, true);
  assert.equal((await history.list('current', undefined)).conversations[0]?.isPinned, true);
  await history.archive(id, true);
  assert.deepEqual([await listed(), await listed('archived')], [[], [id]]);
});

test('what was found on another branch is shown with that branch', async () => {
  const { first, second, history, ask } = setUp(answerWith('one'), answerWith('two'));
  const id = await ask('Tea?');
  const { session } = first.parts.shown;
  const answer = session.branch.turns[1]?.id ?? '';
  await session.again.retry(answer);
  assert.notEqual(session.branch.turns[1]?.id, answer);
  await history.open(id, answer);
  assert.equal(session.branch.turns[1]?.id, answer);
  await history.openInTab(id, undefined);
  assert.equal(second.parts.shown.session.id, id);
});

test('a list is given page after page', async () => {
  const { history, store } = setUp();
  for (let at = 0; at < 250; at++) {
    store.write([
      { type: 'append', conversationId: `c${at}`, turn: { ...turn('q'), id: `t${at}` }, parentId: null },
      { type: 'moveHead', conversationId: `c${at}`, headId: `t${at}` },
    ]);
  }
  const first = await history.list('current', undefined);
  assert.deepEqual([first.conversations.length, first.isLast], [200, false]);
  const rest = await history.list('current', first.conversations.at(-1));
  assert.deepEqual([rest.conversations.length, rest.isLast], [50, true]);
  assert.equal(new Set([...first.conversations, ...rest.conversations].map(({ id }) => id)).size, 250);
});

test('a list is read once what was said is saved: a conversation that has just begun stands in it', async context => {
  const { first, history, listed } = setUp();
  const session = await first.parts.shown.open();
  const saved = Promise.withResolvers<undefined>();
  context.mock.method(session, 'saved', () => saved.promise);
  const isListed = history.list('current', undefined).then(() => true);
  assert.equal(await Promise.race([isListed, turnOfLoop().then(() => false)]), false);
  saved.resolve(undefined);
  assert.equal(await isListed, true);
  assert.deepEqual(await listed(), []);
});
