import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { salvageConversations } from '../../../src/core/store/salvageConversations.ts';
import { inProcess } from '../../../src/core/store/inProcess.ts';
import { ChatSession } from '../../../src/core/chat/session.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { appended, emptyConversation } from '../../../src/core/conversation/store.ts';
import { openOrSetAside } from '../../../src/core/storage/openOrSetAside.ts';
import { allFound } from '../../support/allFound.ts';
import { answerWith, setUp, summary, turn } from '../../support/session.ts';

const all = ['user one', 'assistant complete first', 'user two', 'assistant complete second'];
const deep = `{"at":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;

/** What is done to the stored conversation, and which of its turns can be read then. */
const damages: [what: string, sql: string, readable: string[]][] = [
  ['a record that is no JSON', `UPDATE turns SET record = '{"id":' WHERE id = 'a1'`, all.toSpliced(1, 1)],
  ['a record of another turn', `UPDATE turns SET record = replace(record, '"a1"', '"b1"')`, all.toSpliced(1, 1)],
  ['a record without its text', `UPDATE turns SET record = '{"id":"q1","role":"user"}' WHERE id = 'q1'`, all.slice(1)],
  [
    'a record that is nested too deep',
    `UPDATE turns SET record = replace(record, '"excerpts":[]', '"excerpts":[],"more":${deep}') WHERE id = 'q2'`,
    all.toSpliced(2, 1),
  ],
  ['a circle', "UPDATE turns SET parent_id = 'a2' WHERE id = 'q1'", all],
  ['a turn that follows itself', "UPDATE turns SET parent_id = 'q2' WHERE id = 'q2'", all],
  ['a turn whose predecessor is lost', "UPDATE turns SET parent_id = 'gone' WHERE id = 'q2'", all],
  ['a turn that is lost', "DELETE FROM turns WHERE id = 'a1'", all.toSpliced(1, 1)],
  ['a lost end', "UPDATE conversations SET head_id = 'gone' WHERE id = 'c'", all],
  ['a lost row of the conversation', "DELETE FROM conversations WHERE id = 'c'", all],
  ['parameters that are no JSON', "UPDATE conversations SET parameters = '{' WHERE id = 'c'", all],
  ['a queue that is no list', `UPDATE conversations SET queue = '{"a":1}' WHERE id = 'c'`, all],
  ['an attachment that is none', `UPDATE conversations SET attachments = '[{"kind":"x"}]' WHERE id = 'c'`, all],
  ['a summary that is none', `UPDATE conversations SET condensed = '{"summaries":[{"turn":1}]}' WHERE id = 'c'`, all],
];

for (const [what, sql, readable] of damages) {
  test(`with ${what} a conversation is damaged, shown as far as it can be read, and not written to`, async t => {
    const { path, store, database, ports } = await stored(t, sql);
    const before = rows(database);
    const loaded = store.load('c');
    assert.equal(loaded?.isDamaged, true);
    const session = new ChatSession(loaded, { ...ports, store: inProcess(() => store) });
    assert.deepEqual(session.conversation.turns.map(summary), readable);
    session.rename('another');
    session.unsent.draft = 'half';
    session.unsent.setParameter('model', 'm2');
    await session.send(turn('three'));
    await session.switchTo('a1');
    await session.deleteTurn('turn three');
    assert.deepEqual(rows(database), before);
    assert.equal(session.unsavedReason, undefined);

    const listed = store.history.list({ shelf: 'current', limit: 10 }).map(({ id }) => id);
    assert.deepEqual(listed.toSorted(), ['c', 'whole']);
    while (store.history.catchUp());
    allFound(store.history, 'first', 10);
    assert.ok(store.loadTurns('c').length >= readable.length - 1);
    store.loadTaken('c');
    store.loadBranch('a2');
    assert.ok(store.sentTexts(10).includes('another conversation'));
    assert.equal(store.load('whole')?.isDamaged, undefined);
    store.close();
    openSqliteStore(path).close();
  });
}

test('what can be found of what can be read is found', async t => {
  const { store } = await stored(t, `UPDATE turns SET record = 'x' WHERE id = 'a1'`);
  assert.deepEqual(
    allFound(store.history, 'second', 10).map(({ id }) => id),
    ['c'],
  );
});

test('a file that has lost all its content is set aside and said; one that is just being made is not', async t => {
  const { path, store, database } = await stored(t);
  store.close();
  database.close();
  truncateSync(path);
  const open = () => openOrSetAside(path, openSqliteStore, salvageConversations);
  const old = new Date(Date.now() - 3_600_000);
  utimesSync(path, old, old);
  const first = open();
  assert.ok(first.trouble?.kind === 'setAside');
  assert.equal(first.trouble.reason, 'The file is empty.');
  first.opened.close();
  truncateSync(path);
  const second = open();
  assert.equal(second.trouble, undefined);
  second.opened.close();
});

async function stored(t: TestContext, damage = '') {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-damaged-'));
  const path = join(folder, 'conversations.sqlite');
  const store = openSqliteStore(path);
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  t.after(() => {
    if (database.isOpen) database.close();
    store.close();
    rmSync(folder, { recursive: true });
  });
  const { ports } = setUp(answerWith('first'), answerWith('second'), answerWith('third'));
  let answers = 0;
  const session = new ChatSession(emptyConversation('c'), {
    ...ports,
    store: inProcess(() => store),
    newId: () => `a${++answers}`,
  });
  await session.send({ ...turn('one'), id: 'q1' });
  await session.send({ ...turn('two'), id: 'q2' });
  store.write(appended('whole', { ...turn('another conversation'), id: 'w' }, null));
  if (damage !== '') database.exec(damage);
  return { path, store, database, ports };
}

function rows(database: DatabaseSync): unknown {
  return ['conversations', 'turns'].map(table => database.prepare(`SELECT rowid, * FROM ${table}`).all());
}
