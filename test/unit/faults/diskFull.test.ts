import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { openSqliteStore, type SqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { type ConversationStore, emptyConversation } from '../../../src/core/conversation/store.ts';
import { reasonOf } from '../../../src/core/storage/sqliteErrors.ts';
import { answerWith, setUp, summary, turn } from '../../support/session.ts';

/** Characters that take more pages than a database has to spare. */
const long = 'words that take room. '.repeat(2_000);
/** Milliseconds until saving is tried again. */
const retryMs = 5_000;

test('while the disk is full all of it goes on in memory, is said, and is saved once there is room', async t => {
  const disk = limitedDisk(t);
  const { ports, failures } = setUp(answerWith('first'), answerWith(long));
  const told: unknown[] = [];
  const session = new ChatSession(emptyConversation('c'), {
    ...ports,
    store: disk.port,
    unsaved: reason => told.push(reason),
  });
  await session.send({ ...turn('one'), id: 'q1' });
  t.mock.timers.enable({ apis: ['setTimeout'] });

  disk.fill();
  await session.send({ ...turn(`two ${long}`), id: 'q2' });
  session.unsent.draft = 'half a question';
  session.unsent.draft = 'half a question, and';
  await session.saved();
  const shown = ['user one', 'assistant complete first', `user two ${long}`, `assistant complete ${long}`];
  assert.deepEqual(session.conversation.turns.map(summary), shown);
  assert.equal(reasonOf(failures[0]), 'diskFull');
  assert.equal(session.unsavedReason, 'diskFull');
  assert.deepEqual(disk.stored(), { draft: '', turns: 2 });

  t.mock.timers.tick(retryMs);
  await session.saved();
  assert.deepEqual(disk.stored(), { draft: '', turns: 2 }, 'there is no room yet');
  disk.free();
  const before = failures.length;
  t.mock.timers.tick(retryMs);
  await session.saved();
  assert.equal(failures.length, before);
  assert.deepEqual(told, ['diskFull', undefined]);
  assert.deepEqual(disk.stored(), { draft: 'half a question, and', turns: 4 });
  const again = new ChatSession(disk.store.load('c') ?? emptyConversation('c'), { ...ports, store: disk.port });
  assert.deepEqual(again.conversation.turns.map(summary), shown);
});

test('the next save does not wait for that', async t => {
  const disk = limitedDisk(t);
  const { ports } = setUp(answerWith('first'));
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: disk.port });
  disk.fill();
  await session.send(turn(long));
  disk.free();
  session.unsent.draft = 'next';
  await session.saved();
  assert.deepEqual(disk.stored(), { draft: 'next', turns: 2 });
});

test('what cannot be saved for another reason does not keep the rest from being saved, and is tried again', async t => {
  const disk = limitedDisk(t);
  const { ports, failures } = setUp();
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: disk.port, emit: () => undefined });
  const unwritable = { ...turn('one'), id: 'q1', toJSON: () => assert.fail('no JSON') };
  session.branch.add(unwritable);
  session.unsent.draft = 'next';
  await session.saved();
  assert.match(String(failures[0]), /no JSON/);
  assert.equal(session.unsavedReason, 'unknown');
  assert.deepEqual(disk.stored(), { draft: 'next', turns: 0 });
  Reflect.deleteProperty(unwritable, 'toJSON');
  session.branch.add({ ...turn('two'), id: 'q2' });
  await session.saved();
  assert.equal(session.unsavedReason, undefined);
  assert.deepEqual(disk.stored(), { draft: 'next', turns: 2 });
});

test('turns that another window has deleted for good are there again once this one goes on after them', async t => {
  const disk = limitedDisk(t);
  const { ports, failures } = setUp();
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: disk.port });
  session.branch.add({ ...turn('one'), id: 'q1' });
  session.branch.add({ ...turn('two'), id: 'q2' });
  await session.saved();
  const deleteAll = (): void => {
    const database = disk.open();
    database.exec('DELETE FROM conversations; DELETE FROM turns');
    database.close();
  };
  await session.saved();
  deleteAll();
  session.branch.add({ ...turn('three'), id: 'q3' });
  await session.saved();
  assert.equal(disk.stored().turns, 3);
  deleteAll();
  session.setStart('q1', true);
  await session.saved();
  assert.deepEqual(failures, []);
  assert.equal(disk.stored().turns, 3, 'those after it, too');
});

test('a locked file is waited for once, and not again at every save', async t => {
  const disk = limitedDisk(t);
  const { ports, failures } = setUp(answerWith('Hello'));
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: disk.port });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const other = disk.open();
  other.exec('BEGIN IMMEDIATE');
  await session.send({ ...turn('one'), id: 'q1' });
  session.unsent.draft = 'next';
  await session.saved();
  assert.equal(session.unsavedReason, 'locked');
  assert.equal(failures.length, 1);
  other.close();
  t.mock.timers.tick(retryMs);
  await session.saved();
  assert.equal(session.unsavedReason, undefined);
  assert.deepEqual(disk.stored(), { draft: 'next', turns: 2 });
});

test('a file that another program has locked can be opened and read', async t => {
  const disk = limitedDisk(t);
  const { ports } = setUp(answerWith('Hello'));
  const session = new ChatSession(emptyConversation('c'), { ...ports, store: disk.port });
  await session.send({ ...turn('one'), id: 'q1' });
  const other = disk.open();
  t.after(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  const store = openSqliteStore(disk.path);
  t.after(() => store.close());
  assert.equal(store.load('c')?.turns.length, 2);
  assert.deepEqual(
    store.history.list({ shelf: 'current', limit: 10 }).map(({ id }) => id),
    ['c'],
  );
  other.exec('ROLLBACK');
});

interface Disk {
  path: string;
  store: SqliteStore;
  port: ConversationStore;
  /** Takes all the room that is left. */
  fill(): void;
  free(): void;
  open(): DatabaseSync;
  stored(): { draft: string; turns: number };
}

/** A store in a file whose growth can be stopped as a full disk stops it. */
function limitedDisk(t: TestContext): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-full-'));
  const path = join(folder, 'conversations.sqlite');
  const opened: DatabaseSync[] = [];
  const spied = t.mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, sql: string): void {
    opened.push(this);
    spied.mock.restore();
    this.exec(sql);
  });
  const store = openSqliteStore(path);
  const [connection] = opened;
  assert.ok(connection);
  t.after(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return {
    path,
    store,
    port: inProcess(() => store),
    fill: () => connection.exec('PRAGMA max_page_count = 1'),
    free: () => connection.exec('PRAGMA max_page_count = 1000000'),
    open: () => new DatabaseSync(path),
    stored: () => {
      const conversation = store.load('c');
      return { draft: conversation?.draft ?? '', turns: conversation?.turns.length ?? 0 };
    },
  };
}
