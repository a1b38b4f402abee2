import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { appended } from '../../../src/core/conversation/store.ts';
import { openSqliteStore, type SqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { imageOf } from '../../support/imageOf.ts';
import { overwritePage } from '../../support/overwritePage.ts';
import { turn } from '../../support/session.ts';

const secret = 'Xylophonklang';
const image = imageOf(secret.repeat(20));
const damagedEnding = '.damaged-2026-11-30T10-00-00-000Z';
const hourMs = 60 * 60 * 1_000;

test('of what is deleted for good nothing is left in an older copy, which goes on holding all else', t => {
  const { path, store, holding, deleted } = stored(t);
  copy(path, `${path}.version-5`);
  assert.ok(holding().includes('conversations.sqlite.version-5'));
  store.history.remove('gone');
  assert.deepEqual(holding(), []);
  assert.deepEqual(idsIn(`${path}.version-5`), ['kept']);
  assert.deepEqual(deleted, []);
});

test('a copy of the first version, which has fewer tables, is no exception', t => {
  const { path, store, holding } = stored(t);
  copy(path, `${path}.version-1`);
  const old = new DatabaseSync(`${path}.version-1`, { enableForeignKeyConstraints: false });
  old.exec('PRAGMA secure_delete = ON; DROP TABLE trigrams; DROP TABLE texts; DROP TABLE blob_uses; DROP TABLE blobs');
  old.close();
  store.history.remove('gone');
  assert.deepEqual(holding(), []);
  assert.deepEqual(idsIn(`${path}.version-1`), ['kept']);
});

test('a deleted turn that can’t come back goes from the copies, and what followed it stays there', t => {
  const { path, store, holding } = stored(t);
  store.write([{ type: 'set', conversationId: 'gone', parts: { title: '', draft: '', attachments: [] } }]);
  copy(path, `${path}.version-5`);
  store.write([{ type: 'markDeleted', turnIds: ['turn asked'], isDeleted: true }]);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * hourMs });
  store.close();
  t.mock.timers.reset();
  assert.deepEqual(holding(), []);
  assert.deepEqual(turnsIn(`${path}.version-5`), [
    { id: 'turn tea', parent_id: null },
    { id: 'turn after', parent_id: null },
  ]);
});

test('a damaged copy that may hold what is deleted for good is deleted, which is said', t => {
  const { path, store, holding, deleted } = stored(t);
  const copied = path + damagedEnding;
  copy(path, copied);
  for (const page of [3, 5, 7]) overwritePage(copied, page);
  assert.ok(holding().some(name => name.endsWith(damagedEnding)));
  store.history.remove('gone');
  assert.deepEqual([holding(), existsSync(copied)], [[], false]);
  assert.deepEqual(deleted, [`conversations.sqlite${damagedEnding}`]);
});

test('a damaged copy that is older than what is deleted stays, and so does one that is whole', t => {
  const { path, store, holding, deleted } = stored(t);
  const [older, whole] = [path + damagedEnding, path + damagedEnding.replace('30', '29')];
  for (const copied of [older, whole]) copy(path, copied);
  overwritePage(older, 3);
  const before = readFileSync(older);
  utimesSync(older, 1, 1);
  store.history.remove('gone');
  assert.ok(readFileSync(older).equals(before));
  assert.deepEqual(idsIn(whole), ['kept']);
  assert.deepEqual(
    holding().filter(name => !older.endsWith(name)),
    [],
  );
  assert.deepEqual(deleted, []);
});

test('what nobody finished to copy is no copy', t => {
  const { path, store, holding } = stored(t);
  const left = [`${path}.version-5.77`, `${path}.salvaged`];
  for (const file of left) {
    copy(path, file);
    utimesSync(file, 1, 1);
  }
  store.history.remove('gone');
  assert.deepEqual([holding(), left.some(existsSync)], [[], false]);
});

test('where a copy is in use, nothing is deleted yet', t => {
  const { path, store } = stored(t);
  copy(path, `${path}.version-5`);
  const other = new DatabaseSync(`${path}.version-5`);
  other.exec('BEGIN IMMEDIATE');
  assert.throws(() => store.history.remove('gone'), /locked/);
  assert.ok(store.history.has('gone'));
  other.close();
  store.history.remove('gone');
  assert.equal(store.history.has('gone'), false);
});

interface Stored {
  path: string;
  store: SqliteStore;
  /** The files that hold the secret. */
  holding: () => string[];
  /** Copies that were said to be deleted. */
  deleted: string[];
}

/** A conversation that is to go, and one that stays. */
function stored(t: TestContext): Stored {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-copies-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'conversations.sqlite');
  const deleted: string[] = [];
  const store = openSqliteStore(path, undefined, names => deleted.push(...names));
  t.after(() => store.close());
  const now = Date.now();
  const asked = {
    ...turn('asked'),
    text: `${secret} and more words. `.repeat(2_000),
    attachments: [image],
    createdAt: now,
  };
  store.write([
    ...appended('kept', { ...turn('tea'), createdAt: now }, null),
    ...appended('gone', asked, null),
    ...appended('gone', { ...turn('after'), createdAt: now }, asked.id),
    {
      type: 'set',
      conversationId: 'gone',
      parts: { title: secret, draft: secret.repeat(2_000), attachments: [image] },
    },
  ]);
  const holds = (bytes: string): boolean => bytes.includes(secret) || bytes.includes(secret.toLowerCase());
  const holding = (): string[] =>
    readdirSync(folder).filter(name => holds(readFileSync(join(folder, name)).toString('latin1')));
  return { path, store, holding, deleted };
}

/** As the file is, with what its log holds. */
function copy(path: string, to: string): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  copyFileSync(path, to);
}

function idsIn(path: string): unknown[] {
  return rowsIn(path, 'SELECT id FROM conversations ORDER BY id').map(
    row => Object.values(row as object)[0] as unknown,
  );
}

function turnsIn(path: string): unknown[] {
  return rowsIn(path, 'SELECT id, parent_id FROM turns ORDER BY rowid');
}

function rowsIn(path: string, query: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database
      .prepare(query)
      .all()
      .map(row => ({ ...row }));
  } finally {
    database.close();
  }
}
