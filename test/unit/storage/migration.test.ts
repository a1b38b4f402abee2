import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../../src/core/storage/sqliteDatabase.ts';

const first = 'CREATE TABLE notes (text TEXT NOT NULL) STRICT';
const second = "ALTER TABLE notes ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'; UPDATE notes SET text = text || '!';";
/** More than SQLite keeps in memory, so that a part of it is on the disk before the step ends. */
const large = `CREATE TABLE filler (bytes BLOB);
  INSERT INTO filler WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
    SELECT zeroblob(4096) FROM n;`;
const endless =
  'SELECT count(*) FROM (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)';

test('a migration that fails leaves the file as it was, and the next start finishes it', t => {
  const path = oldFile(t);
  assert.throws(() => openDatabase(path, [first, `${second} INSERT INTO nowhere VALUES (1);`]), /nowhere/);
  assertOld(path);
  assertFinishes(path);
});

test('a migration whose process is killed leaves the file as it was, and the next start finishes it', async t => {
  const path = oldFile(t);
  const module = JSON.stringify(new URL('../../../src/core/storage/sqliteDatabase.ts', import.meta.url).href);
  const steps = JSON.stringify([first, `${second} ${large} ${endless}`]);
  const script = `import { openDatabase } from ${module}; openDatabase(${JSON.stringify(path)}, ${steps});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const end = performance.now() + 60_000;
  while (!existsSync(`${path}-wal`) || statSync(`${path}-wal`).size < 1_000_000) {
    assert.ok(performance.now() < end && child.exitCode === null, 'the migration has written a part of its pages');
    await delay(10);
  }
  child.kill('SIGKILL');
  await exited;
  assertOld(`${path}.version-1`);
  assertOld(path);
  assertFinishes(path);
});

function oldFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-migration-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'notes.sqlite');
  const database = openDatabase(path, [first]);
  database.exec("INSERT INTO notes VALUES ('kept')");
  database.close();
  return path;
}

function assertOld(path: string): void {
  assert.deepEqual(readNotes(path), { version: 1, notes: [{ text: 'kept' }] });
}

function assertFinishes(path: string): void {
  openDatabase(path, [first, second]).close();
  assert.deepEqual(readNotes(path), { version: 2, notes: [{ text: 'kept!', mood: 'calm' }] });
  assertOld(`${path}.version-1`);
}

function readNotes(path: string): unknown {
  const database = new DatabaseSync(path);
  try {
    const notes = database.prepare('SELECT * FROM notes').all();
    return {
      version: database.prepare('PRAGMA user_version').get()?.['user_version'],
      notes: notes.map(row => ({ ...row })),
    };
  } finally {
    database.close();
  }
}
