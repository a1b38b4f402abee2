import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Condensed } from '../../../src/core/conversation/condense.ts';
import type { CallImage, RanCall } from '../../../src/shared/ranCalls.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { appended, type StoreChange } from '../../../src/core/conversation/store.ts';
import type { AnswerRecord } from '../../../src/core/conversation/turns.ts';
import type { AnswerContent } from '../../../src/core/messages/wire.ts';
import { isConflict } from '../../../src/core/storage/sqliteErrors.ts';
import type { Attachment, MediaAttachment } from '../../../src/shared/attachment.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import type { Unfinished } from '../../../src/shared/unfinished.ts';
import { allFound } from '../../support/allFound.ts';

const asked: UserTurn = { id: 'u1', role: 'user', createdAt: 1, intent: 'chat', text: '世界?', excerpts: [] };
const answered: AnswerRecord = {
  id: 'a1',
  role: 'assistant',
  createdAt: 2,
  model: 'm',
  content: [
    { type: 'thinking', thinking: 'hm', signature: 'sig' },
    { type: 'text', text: 'hello' },
  ],
  state: { phase: 'complete', stopReason: 'end_turn' },
};

const data = 'iVBORw0KGgo=';
const image: MediaAttachment = {
  id: 'i',
  kind: 'image',
  name: 'a.png',
  source: { type: 'base64', mediaType: 'image/png', data },
};

const condensed: Condensed = {
  summaries: [{ throughTurnId: 'a1', turn: { ...answered, id: 's1', isSummary: true } }],
  omitted: ['i'],
};

const unfinished: Unfinished = {
  parameters: { tools: '[{"name":' },
  toolResults: { turnId: 'a1', results: [{ text: '12 °C', isError: false }] },
};

test('what was saved is there after the file was closed and opened again', t => {
  const path = temporaryPath(t);
  const first = openSqliteStore(path);
  first.write(appended('c', asked, null));
  first.write(appended('c', answered, 'u1'));
  first.write([{ type: 'set', conversationId: 'c', parts: { title: 'A title' } }]);
  first.write([{ type: 'set', conversationId: 'c', parts: { draft: 'half a sent' } }]);
  first.write([{ type: 'set', conversationId: 'c', parts: { attachments: [image] } }]);
  first.write([{ type: 'set', conversationId: 'c', parts: { queue: [asked] } }]);
  first.write([{ type: 'set', conversationId: 'c', parts: { parameters: { top_k: 5, prefill: '{' } } }]);
  first.write([{ type: 'set', conversationId: 'c', parts: { unfinished } }]);
  first.write([{ type: 'set', conversationId: 'c', parts: { condensed } }]);
  first.close();
  const again = openSqliteStore(path);
  assert.deepEqual(again.load('c'), {
    id: 'c',
    title: 'A title',
    draft: 'half a sent',
    parameters: { top_k: 5, prefill: '{' },
    attachments: [image],
    queue: [asked],
    turns: [asked, answered],
    tree: [
      { id: 'u1', role: 'user', parentId: null, isDeleted: false },
      { id: 'a1', role: 'assistant', parentId: 'u1', isDeleted: false },
    ],
    unfinished,
    condensed,
  });
  assert.equal(again.load('unknown'), undefined);
  again.close();
});

test('what was typed is told, the newest first, also on a branch that was left, and no command’s sentence', t => {
  const store = openSqliteStore(temporaryPath(t));
  const turn = (id: string, createdAt: number, fields: Partial<UserTurn>): UserTurn => ({
    ...asked,
    id,
    createdAt,
    text: id,
    ...fields,
  });
  store.write(appended('c', turn('here', 9, {}), null));
  store.write(appended('c', turn('instead of it', 10, {}), null));
  store.write(appended('d', turn('older', 1, {}), null));
  store.write(appended('d', turn('newer', 5, { attachments: [image] }), 'older'));
  store.write(appended('d', turn('explained', 6, { intent: 'explain' }), 'newer'));
  store.write(appended('e', turn('called', 3, { intent: 'review', call: '/review it' }), null));
  store.write(appended('e', answered, 'called'));
  store.write(appended('e', turn('x'.repeat(20_001), 4, {}), 'called'));
  assert.deepEqual(store.sentTexts(9), ['instead of it', 'here', 'newer', '/review it', 'older']);
  assert.deepEqual(store.sentTexts(3), ['instead of it', 'here']);
  store.close();
});

test('a turn that is updated keeps its place', t => {
  const store = openSqliteStore(temporaryPath(t));
  store.write(appended('c', asked, null));
  store.write(appended('c', { ...answered, content: [] }, 'u1'));
  store.write([{ type: 'update', conversationId: 'c', turn: answered }]);
  assert.deepEqual(store.load('c')?.turns, [asked, answered]);
  store.close();
});

test('a turn that is added stands on no branch until the head is moved, and is added once', t => {
  const store = openSqliteStore(temporaryPath(t));
  store.write(appended('c', asked, null));
  const append: StoreChange = { type: 'append', conversationId: 'c', turn: answered, parentId: 'u1' };
  store.write([append]);
  assert.deepEqual(store.load('c')?.turns, [asked]);
  store.write([
    { ...append, turn: { ...answered, content: [] } },
    { type: 'moveHead', conversationId: 'c', headId: 'a1' },
  ]);
  assert.deepEqual(store.load('c')?.turns, [asked, answered]);
  store.close();
});

test('changes that are written together are there together or not at all', t => {
  const store = openSqliteStore(temporaryPath(t));
  const update: StoreChange = { type: 'update', conversationId: 'c', turn: answered };
  assert.throws(() => store.write([...appended('c', asked, null), update]), isConflict);
  assert.equal(store.load('c'), undefined);
  store.close();
});

test('another answer to the same turn takes the branch, and the first stays in the file', t => {
  const path = temporaryPath(t);
  const store = openSqliteStore(path);
  store.write(appended('c', asked, null));
  store.write(appended('c', answered, 'u1'));
  store.write(appended('c', { ...answered, id: 'a2' }, 'u1'));
  assert.deepEqual(
    store.load('c')?.turns.map(turn => turn.id),
    ['u1', 'a2'],
  );
  store.close();
  const database = new DatabaseSync(path);
  assert.equal(database.prepare('SELECT count(*) AS n FROM turns').get()?.['n'], 3);
  database.close();
});

test('the head can be moved to another branch, and a deleted turn is on none', t => {
  const store = openSqliteStore(temporaryPath(t));
  store.write(appended('c', asked, null));
  store.write(appended('c', answered, 'u1'));
  store.write(appended('c', { ...asked, id: 'u2' }, 'a1'));
  store.write(appended('c', { ...answered, id: 'a2' }, 'u1'));
  const ids = (): string[] | undefined => store.load('c')?.turns.map(turn => turn.id);
  store.write([{ type: 'moveHead', conversationId: 'c', headId: 'u2' }]);
  assert.deepEqual(ids(), ['u1', 'a1', 'u2']);
  store.write([{ type: 'markDeleted', turnIds: ['a1'], isDeleted: true }]);
  assert.deepEqual(ids(), ['u1', 'u2']);
  assert.deepEqual(
    store.load('c')?.tree.map(node => node.isDeleted),
    [false, true, false, false],
  );
  store.write([{ type: 'markDeleted', turnIds: ['a1'], isDeleted: false }]);
  assert.deepEqual(ids(), ['u1', 'a1', 'u2']);
  store.close();
});

test('two windows on one file see and keep what the other saves', t => {
  const path = temporaryPath(t);
  const one = openSqliteStore(path);
  const two = openSqliteStore(path);
  one.write(appended('c1', asked, null));
  two.write(appended('c2', { ...asked, id: 'u2' }, null));
  one.write([{ type: 'set', conversationId: 'c1', parts: { draft: 'one' } }]);
  assert.equal(two.load('c1')?.draft, 'one');
  assert.deepEqual(
    new Set(one.history.list({ shelf: 'current', limit: 10 }).map(summary => summary.id)),
    new Set(['c1', 'c2']),
  );
  one.close();
  two.close();
});

test('a conversation with nothing but a draft is kept and not listed', t => {
  const store = openSqliteStore(temporaryPath(t));
  store.write([{ type: 'set', conversationId: 'c', parts: { draft: 'unsent' } }]);
  assert.equal(store.load('c')?.draft, 'unsent');
  assert.deepEqual(store.history.list({ shelf: 'current', limit: 10 }), []);
  store.close();
});

test('a file of the first version is brought up to date and keeps what it holds', t => {
  const path = temporaryPath(t);
  const first = openSqliteStore(path);
  first.write(appended('c', asked, null));
  first.close();
  const database = new DatabaseSync(path);
  database.exec(
    'DROP TABLE decisions; DROP INDEX conversations_by_title; ALTER TABLE conversations DROP COLUMN start; ALTER TABLE conversations DROP COLUMN mode; ALTER TABLE conversations DROP COLUMN unfinished; ALTER TABLE conversations DROP COLUMN condensed; ALTER TABLE conversations DROP COLUMN parameters; ALTER TABLE conversations DROP COLUMN attachments; ALTER TABLE conversations DROP COLUMN queue; DROP INDEX turns_deleted; ALTER TABLE turns DROP COLUMN deleted_at; ALTER TABLE conversations DROP COLUMN is_pinned; ALTER TABLE conversations DROP COLUMN is_archived; ALTER TABLE conversations DROP COLUMN deleted_at; DROP TABLE trigrams; DROP TABLE texts; DROP TABLE blob_uses; DROP TABLE blobs; PRAGMA user_version = 1;',
  );
  database.close();
  const store = openSqliteStore(path);
  assert.deepEqual(store.load('c')?.turns, [asked]);
  assert.deepEqual(store.load('c')?.parameters, {});
  assert.deepEqual(allFound(store.history, '世界'), [], 'what was stored without the index is not in it yet');
  while (store.history.catchUp());
  assert.deepEqual(
    allFound(store.history, '世界').map(hit => hit.id),
    ['c'],
  );
  store.close();
  const kept = new DatabaseSync(`${path}.version-1`);
  assert.equal(kept.prepare('SELECT count(*) AS n FROM turns').get()?.['n'], 1);
  kept.close();
});

test('a file of the second version is brought up to date and keeps what it holds', t => {
  const path = temporaryPath(t);
  const second = openSqliteStore(path);
  second.write(appended('c', asked, null));
  second.write([{ type: 'set', conversationId: 'c', parts: { parameters: { top_k: 5 } } }]);
  second.write([{ type: 'set', conversationId: 'c', parts: { attachments: [image] } }]);
  second.close();
  const database = new DatabaseSync(path);
  database.exec(
    'DROP TABLE decisions; DROP INDEX conversations_by_title; ALTER TABLE conversations DROP COLUMN start; ALTER TABLE conversations DROP COLUMN mode; ALTER TABLE conversations DROP COLUMN unfinished; ALTER TABLE conversations DROP COLUMN condensed; DROP INDEX turns_deleted; ALTER TABLE turns DROP COLUMN deleted_at; ALTER TABLE conversations DROP COLUMN is_pinned; ALTER TABLE conversations DROP COLUMN is_archived; ALTER TABLE conversations DROP COLUMN deleted_at; DROP TABLE blob_uses; DROP TABLE blobs; PRAGMA user_version = 2;',
  );
  database.prepare('UPDATE conversations SET attachments = ?').run(JSON.stringify([image]));
  database.close();
  const store = openSqliteStore(path);
  assert.deepEqual(store.load('c'), {
    id: 'c',
    title: '',
    draft: '',
    parameters: { top_k: 5 },
    attachments: [image],
    queue: [],
    turns: [asked],
    tree: [{ id: 'u1', role: 'user', parentId: null, isDeleted: false }],
  });
  store.write([{ type: 'set', conversationId: 'c', parts: { condensed } }]);
  assert.deepEqual(store.load('c')?.condensed, condensed);
  store.close();
});

test('what is attached is stored once, whoever holds it, and comes back as it was', t => {
  const path = temporaryPath(t);
  const store = openSqliteStore(path);
  const turn: UserTurn = {
    ...asked,
    attachments: [image, { ...image, id: 'j' }],
    toolResults: [{ toolUseId: 't', text: '', isError: false, images: [image] }],
  };
  const other = { ...turn, id: 'u2' };
  store.write([
    ...appended('c', turn, null),
    ...appended('d', other, null),
    { type: 'set', conversationId: 'd', parts: { attachments: [image], queue: [{ ...turn, id: 'u3' }] } },
  ]);
  assert.deepEqual(store.load('c')?.turns, [turn]);
  assert.partialDeepStrictEqual(store.load('d'), {
    turns: [other],
    attachments: [image],
    queue: [{ ...turn, id: 'u3' }],
  });
  assert.deepEqual(store.loadTurns('c'), [turn]);
  assert.deepEqual(store.loadBranch('u2'), [other]);
  const database = new DatabaseSync(path);
  t.after(() => database.close());
  assert.deepEqual(countOf(database, 'blobs'), 1);
  const texts = database.prepare('SELECT group_concat(record) AS all_of_them FROM turns').get();
  assert.doesNotMatch(String(texts?.['all_of_them']), /iVBOR/);
  store.close();
});

test('images that calls have brought are stored once, come back as they were, and go with the answer', t => {
  const path = temporaryPath(t);
  const store = openSqliteStore(path);
  const brought: CallImage = { ...image, kind: 'image', source: { type: 'base64', mediaType: 'image/png', data } };
  const calls: RanCall[] = [0, 1].map(index => ({
    index,
    state: 'done',
    line: { action: 'view', subject: 'logo.png' },
    result: { text: '', isError: false, images: [{ ...brought, id: `i${index}` }] },
  }));
  // A model that has learned how the store refers to bytes gets none by that.
  const input = { images: [{ source: { type: 'base64', blob: 'a hash' } }] };
  const content: AnswerContent[] = [0, 1].map(index => ({
    type: 'tool_use',
    id: `t${index}`,
    name: 'look',
    inputJson: JSON.stringify(input),
    input,
  }));
  const answer: AnswerRecord = { ...answered, content, calls };
  store.write([...appended('c', asked, null), ...appended('c', answer, asked.id)]);
  assert.deepEqual(store.load('c')?.turns, [asked, answer]);
  assert.deepEqual(store.loadTurns('c'), [asked, answer]);
  store.close();
  const database = new DatabaseSync(path);
  t.after(() => database.close());
  assert.equal(countOf(database, 'blobs'), 1);
  const texts = database.prepare('SELECT group_concat(record) AS all_of_them FROM turns').get();
  assert.doesNotMatch(String(texts?.['all_of_them']), /iVBOR/);
  const again = openSqliteStore(path);
  assert.deepEqual(again.load('c')?.turns, [asked, answer]);
  again.write([{ type: 'update', conversationId: 'c', turn: { ...answer, calls: [] } }]);
  again.close();
  openSqliteStore(path).close();
  assert.equal(countOf(database, 'blobs'), 0);
});

test('bytes go when nothing holds them any more, and not before', t => {
  const path = temporaryPath(t);
  const open = () => openSqliteStore(path);
  const set = (attachments: Attachment[]): StoreChange => ({
    type: 'set',
    conversationId: 'c',
    parts: { attachments },
  });
  const store = open();
  store.write([set([image]), ...appended('d', { ...asked, attachments: [image] }, null)]);
  store.write([set([])]);
  store.close();
  const database = new DatabaseSync(path);
  t.after(() => database.close());
  open().close();
  assert.equal(countOf(database, 'blobs'), 1);
  database.exec("UPDATE conversations SET deleted_at = 1 WHERE id = 'd'");
  open().close();
  assert.equal(countOf(database, 'blobs'), 0);
});

test('a base64 text that its bytes do not give again stays as it was', t => {
  const store = openSqliteStore(temporaryPath(t));
  const odd: Attachment[] = ['iVBORw0KGgo', 'iVBO Rw0K', '-_-_', ''].map((data, at) => ({
    ...image,
    id: String(at),
    source: { type: 'base64', mediaType: 'image/png', data },
  }));
  store.write([{ type: 'set', conversationId: 'c', parts: { attachments: odd } }]);
  assert.deepEqual(store.load('c')?.attachments, odd);
  store.close();
});

test('where bytes are lost or others, what was attached is left out, and the conversation is damaged', t => {
  for (const damage of ["UPDATE blobs SET bytes = x'00'", 'PRAGMA foreign_keys = OFF; DELETE FROM blobs']) {
    const path = temporaryPath(t);
    const store = openSqliteStore(path);
    store.write(appended('c', { ...asked, attachments: [image] }, null));
    const database = new DatabaseSync(path);
    database.exec(damage);
    database.close();
    const stored = store.load('c');
    assert.ok(stored?.isDamaged);
    assert.deepEqual(stored.turns, [{ ...asked, attachments: [] }]);
    store.close();
  }
});

test('what a model says holds no bytes of ours and refers to none', t => {
  const store = openSqliteStore(temporaryPath(t));
  const inputs = [{ source: { type: 'base64', blob: 'a hash' } }, { source: image.source }];
  const content = inputs.map((input, at): AnswerContent => {
    return { type: 'tool_use', id: `t${at}`, name: 'look', inputJson: JSON.stringify(input), input };
  });
  const answer: AnswerRecord = { ...answered, content };
  const said: Condensed = { summaries: [{ throughTurnId: null, turn: { ...answer, id: 's' } }], omitted: [] };
  store.write([
    ...appended('c', asked, null),
    ...appended('c', answer, asked.id),
    { type: 'set', conversationId: 'c', parts: { condensed: said } },
  ]);
  assert.partialDeepStrictEqual(store.load('c'), { turns: [asked, answer], condensed: said });
  assert.deepEqual(store.load('c')?.isDamaged, undefined);
  store.close();
});

test('a file of the fourth version is kept as it was, and what is attached in it is read where it stands', t => {
  const path = temporaryPath(t);
  const turn = { ...asked, attachments: [image] };
  const fourth = openSqliteStore(path);
  fourth.write(appended('c', asked, null));
  fourth.close();
  const database = new DatabaseSync(path);
  database.exec(
    'DROP TABLE decisions; DROP INDEX conversations_by_title; ALTER TABLE conversations DROP COLUMN start; ALTER TABLE conversations DROP COLUMN mode; DROP TABLE blob_uses; DROP TABLE blobs; PRAGMA user_version = 4;',
  );
  database.prepare('UPDATE turns SET record = ?').run(JSON.stringify(turn));
  database.close();
  const store = openSqliteStore(path);
  assert.deepEqual(store.load('c')?.turns, [turn]);
  store.write([{ type: 'update', conversationId: 'c', turn }]);
  assert.deepEqual(store.load('c')?.turns, [turn]);
  store.close();
  const kept = new DatabaseSync(`${path}.version-4`);
  assert.match(String(kept.prepare('SELECT record FROM turns').get()?.['record']), /iVBOR/);
  kept.close();
});

test('a file of a newer version is refused and not touched', t => {
  const path = temporaryPath(t);
  openSqliteStore(path).close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  assert.throws(() => openSqliteStore(path), /newer version/);
});

test('a file that is no database is refused', t => {
  const path = temporaryPath(t);
  writeFileSync(path, 'this is no database, however long it may be '.repeat(200));
  assert.throws(() => openSqliteStore(path), /not a database/);
});

function countOf(database: DatabaseSync, table: string): unknown {
  return database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'];
}

function temporaryPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'conversations.sqlite');
}
