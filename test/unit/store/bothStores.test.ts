import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { appended, type ConversationStore, emptyConversation } from '../../../src/core/conversation/store.ts';
import type { Decisions } from '../../../src/core/filter/decisions.ts';
import { WorkerStore } from '../../../src/core/store/workerStore.ts';
import type { ConversationHit } from '../../../src/shared/storedConversations.ts';
import { builtThread } from '../../support/builtThread.ts';
import type { StorageTrouble } from '../../../src/core/storage/openOrSetAside.ts';
import { isConflict, isInterrupted, reasonOf } from '../../../src/core/storage/sqliteErrors.ts';
import { imageOf } from '../../support/imageOf.ts';
import { answerWith, setUp, summary, turn } from '../../support/session.ts';

const { folder, script, threads } = builtThread('store/storeThread.ts');

type Open = (path: string) => ConversationStore;

const places: Record<string, Open> = {
  'in this thread': path => inProcess(() => openSqliteStore(path)),
  'in a thread of its own': path => inThread(path).store,
};

interface Opened {
  store: ConversationStore;
  /** Another connection to the same file, as another window has it. */
  database: DatabaseSync;
  again: () => ConversationStore;
}

const image = imageOf('i');
const asked = { ...turn('asked'), attachments: [image] };
const other = { ...turn('other'), id: 'other' };

/** What holds wherever the store is. */
const promises: Record<string, (opened: Opened) => Promise<void>> = {
  'what was written is there for whoever opens the file then': async ({ store, again }) => {
    const parts = { title: 'A title', draft: 'half', parameters: { top_k: 5 }, attachments: [image], queue: [other] };
    await store.write([...appended('c', asked, null), { type: 'set', conversationId: 'c', parts }]);
    const expected = { id: 'c', ...parts, turns: [asked] };
    assert.partialDeepStrictEqual(await store.load('c'), expected);
    assert.partialDeepStrictEqual(await again().load('c'), expected);
    assert.equal(await store.load('unknown'), undefined);
    assert.equal(store.isInMemory, false);
  },
  'calls are done in the order in which they were made': async ({ store }) => {
    const writes = ['h', 'ha', 'half'].map(draft =>
      store.write([{ type: 'set', conversationId: 'c', parts: { draft } }]),
    );
    assert.equal((await store.load('c'))?.draft, 'half');
    await Promise.all(writes);
  },
  'what several windows decide about secrets stands side by side, and goes with its conversation': async ({
    store,
    again,
  }) => {
    const decide = (decisions: Decisions | undefined) => [{ type: 'decide', conversationId: 'c', decisions }] as const;
    await Promise.all([store.write(decide({ a: 'asIs' })), again().write(decide({ b: 'placeholders' }))]);
    assert.deepEqual(await store.loadDecisions('c'), { decisions: { a: 'asIs', b: 'placeholders' } });
    await again().write(decide(undefined));
    const first = await store.loadDecisions('c');
    assert.deepEqual([first.decisions, typeof first.takenBack], [{}, 'string']);
    await store.write([...decide({ a: 'asIs' }), ...decide(undefined)]);
    assert.notEqual((await store.loadDecisions('c')).takenBack, first.takenBack);
    await store.history.remove('c');
    assert.deepEqual(await store.loadDecisions('c'), { decisions: {} });
  },
  'branches, their tree and what they took are read': async ({ store }) => {
    await store.write([...appended('c', asked, null), ...appended('c', other, asked.id)]);
    await store.write([{ type: 'markDeleted', turnIds: [asked.id], isDeleted: true }]);
    assert.deepEqual(await store.loadBranch(other.id), [other]);
    assert.deepEqual(await store.loadTurns('c'), [asked, other]);
    assert.deepEqual(
      (await store.loadTree('c')).map(({ isDeleted }) => isDeleted),
      [true, false],
    );
    assert.deepEqual(await store.loadTaken('c'), []);
    assert.deepEqual(await store.sentTexts(10), ['other', 'asked']);
  },
  'the history lists, finds, marks, renames and removes': async ({ store }) => {
    const { history } = store;
    await store.write(appended('c', turn('the needle'), null));
    assert.deepEqual(await found(history.search('needle', 10)), ['c']);
    assert.deepEqual(await found(history.search('nothing', 10)), []);
    await history.rename('c', 'Another');
    await history.mark('c', { isPinned: true });
    assert.partialDeepStrictEqual(await history.list({ shelf: 'current', limit: 10 }), [
      { id: 'c', title: 'Another', isPinned: true },
    ]);
    assert.ok(await history.has('c'));
    await history.remove('c');
    assert.deepEqual(await history.list({ shelf: 'current', limit: 10 }), []);
    assert.equal(await history.has('c'), false);
    assert.equal(await history.catchUp(), false);
  },
  'a search that nobody goes on with ends': async ({ store }) => {
    const { history } = store;
    await store.write(appended('c', turn('the needle'), null));
    for await (const hits of history.search('needle', 10)) if (hits.length > 0) break;
    assert.deepEqual(await found(history.search('needle', 10)), ['c']);
  },
  'what refers to what is not there is a conflict, and nothing of it is written': async ({ store }) => {
    const update = { type: 'update', conversationId: 'c', turn: other } as const;
    await assert.rejects(store.write([...appended('c', asked, null), update]), isConflict);
    assert.equal(await store.load('c'), undefined);
  },
  'a locked file says so, and can be written to when it is free again': async ({ store, database }) => {
    await store.load('c');
    database.exec('BEGIN IMMEDIATE');
    const change = { type: 'set', conversationId: 'c', parts: { draft: 'half' } } as const;
    await assert.rejects(store.write([change]), error => reasonOf(error) === 'locked');
    database.exec('ROLLBACK');
    await store.write([change]);
    assert.equal((await store.load('c'))?.draft, 'half');
  },
  'a whole conversation is there again': async ({ store, again }) => {
    const { ports } = setUp(answerWith('one'), answerWith('two'), answerWith('three'));
    const session = new ChatSession(emptyConversation('c'), { ...ports, store });
    await session.send(turn('first'));
    await session.again.retry(session.conversation.turns[1]?.id ?? '');
    await session.switchTo(session.conversation.siblings[session.conversation.turns[1]?.id ?? '']?.previousId ?? '');
    await session.send(turn('second'));
    session.unsent.draft = 'half';
    await session.saved();
    const reopened = new ChatSession((await again().load('c')) ?? assert.fail(), ports);
    const shown = ['user first', 'assistant complete one', 'user second', 'assistant complete three'];
    assert.deepEqual(reopened.conversation.turns.map(summary), shown);
    assert.deepEqual(reopened.conversation.siblings, session.conversation.siblings);
    assert.equal(reopened.unsent.draft, 'half');
  },
};

for (const [place, open] of Object.entries(places)) {
  describe(`a store ${place}`, () => {
    for (const [what, check] of Object.entries(promises)) {
      test(what, async t => check(await opened(t, open)));
    }
  });
}

test('the thread begins with the first call, and ends when the store is closed', async t => {
  const before = threads.length;
  const { store } = inThread(pathFor(t));
  assert.equal(threads.length, before);
  await store.load('c');
  assert.equal(threads.length, before + 1);
  await store.close();
  assert.equal(threads.at(-1)?.threadId, -1);
  await assert.rejects(store.load('c'), isInterrupted);
});

test('a damaged file is told of and set aside, and its store goes on', async t => {
  const path = pathFor(t);
  writeFileSync(path, 'this is no database, however long it may be '.repeat(200));
  const { store, troubles } = inThread(path);
  t.after(() => store.close());
  await store.write(appended('c', asked, null));
  assert.equal((await store.load('c'))?.turns.length, 1);
  assert.deepEqual(
    troubles.map(({ kind }) => kind),
    ['setAside'],
  );
});

test('where nothing can be written it is known that conversations last as long as the process', async t => {
  const file = pathFor(t);
  writeFileSync(file, '');
  const { store, troubles } = inThread(join(file, 'in a file', 'conversations.sqlite'));
  t.after(() => store.close());
  await store.load('c');
  assert.ok(store.isInMemory);
  assert.equal(troubles[0]?.kind, 'inMemory');
});

test('when the thread ends, what was asked fails for now, and another one goes on', async t => {
  const path = pathFor(t);
  const { store, end } = inThread(path);
  t.after(() => store.close());
  await store.write(appended('c', asked, null));
  // Nothing can be written meanwhile, however fast the thread is.
  const another = new DatabaseSync(path);
  another.exec('BEGIN IMMEDIATE');
  const write = store.write(appended('c', other, asked.id));
  const read = store.load('c');
  const ended = end();
  another.close();
  await ended;
  await assert.rejects(write, isInterrupted);
  assert.equal((await read)?.id, 'c', 'reading is tried again');
  await store.write(appended('c', other, asked.id));
  assert.equal((await store.load('c'))?.turns.length, 2);
});

test('a session whose thread ends while it saves has all of it saved, in its order, in the end', async t => {
  const { store, end } = inThread(pathFor(t));
  t.after(() => store.close());
  const { ports, failures } = setUp(answerWith('one'), answerWith('two'));
  const told: unknown[] = [];
  const session = new ChatSession(emptyConversation('c'), { ...ports, store, unsaved: reason => told.push(reason) });
  await session.send(turn('first'));
  const ended = end();
  session.unsent.draft = 'half';
  session.branch.add(turn('second'));
  session.unsent.draft = 'half a question';
  await ended;
  await session.saved();
  assert.equal(session.unsavedReason, 'unknown');
  assert.ok(isInterrupted(failures[0]));
  assert.equal(session.isSaved, false);
  session.rename('Another');
  await session.saved();
  assert.ok(session.isSaved);
  assert.deepEqual(told, ['unknown', undefined]);
  const stored = await store.load('c');
  assert.deepEqual([stored?.title, stored?.draft, stored?.turns.length], ['Another', 'half a question', 3]);
});

test('a thread that does not start fails what was asked, and does not keep the store from being closed', async t => {
  const store = new WorkerStore({
    script: join(folder, 'nothing.cjs'),
    path: pathFor(t),
    troubled: () => undefined,
    failed: () => undefined,
    othersWrote: () => undefined,
    copiesDeleted: () => undefined,
  });
  await assert.rejects(store.load('c'), isInterrupted);
  await store.close();
});

async function opened(t: TestContext, open: Open): Promise<Opened> {
  const path = pathFor(t);
  const stores: ConversationStore[] = [];
  const again = (): ConversationStore => {
    const store = open(path);
    stores.push(store);
    return store;
  };
  const store = again();
  // The file is made.
  await store.load('c');
  const database = new DatabaseSync(path);
  t.after(async () => {
    database.close();
    for (const one of stores) await one.close();
  });
  return { store, database, again };
}

function inThread(path: string) {
  const troubles: StorageTrouble[] = [];
  const store = new WorkerStore({
    script,
    path,
    troubled: trouble => troubles.push(trouble),
    failed: () => undefined,
    othersWrote: () => undefined,
    copiesDeleted: () => undefined,
  });
  return { store, troubles, end: async () => void (await threads.at(-1)?.terminate()) };
}

function pathFor(t: TestContext): string {
  const own = mkdtempSync(join(folder, 'file-'));
  t.after(() => rmSync(own, { recursive: true }));
  return join(own, 'conversations.sqlite');
}

async function found(search: AsyncIterable<ConversationHit[]>): Promise<string[]> {
  let last: ConversationHit[] = [];
  for await (const hits of search) last = hits;
  return last.map(({ id }) => id);
}
