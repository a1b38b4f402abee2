import { constants, copyFileSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Milliseconds for which one window waits for another that is writing: while it opens the file, and later. */
const busyTimeoutMs = 5_000;
const laterTimeoutMs = 1_000;
/** SQLite's number for a file that somebody else has locked. */
const busyCode = 5;

/**
 * Opens the database at `path`, creating it or bringing its schema up to date: `migrations` has one step a version, and
 * `PRAGMA user_version` counts the steps taken. A step that has shipped never changes. Several windows may have the
 * file open at once. With `isSynced` what was committed outlives the machine's own end as well, and each commit waits for
 * the disk. `pageBytes`, a power of two, is for a file that is made now. Throws where it is no database or a newer version has written it.
 */
export function openDatabase(
  path: string,
  migrations: readonly string[],
  { isSynced = false, pageBytes }: { isSynced?: boolean; pageBytes?: number } = {},
): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    keepOlder(database, path, migrations.length);
    if (pageBytes !== undefined) database.exec(`PRAGMA page_size = ${pageBytes}`);
    useWriteAheadLog(database);
    database.exec(`PRAGMA synchronous = ${isSynced ? 'FULL' : 'NORMAL'}; PRAGMA foreign_keys = ON;`);
    migrate(database, migrations);
    // What waits for a lock stands still with all else in the process; what can't be saved is tried again.
    database.exec(`PRAGMA busy_timeout = ${laterTimeoutMs}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite's own timeout does not hold here: where two windows make the file at once, one of them fails immediately. */
function useWriteAheadLog(database: DatabaseSync): void {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busyCode;
}

/** Before a file of an older version is brought up to date, it is kept as it is beside the new one. */
function keepOlder(database: DatabaseSync, path: string, newest: number): void {
  const version = versionOf(database);
  if (version === 0 || version >= newest || path === ':memory:') return;
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const copy = `${path}.version-${version}`;
  const unfinished = `${copy}.${process.pid}`;
  copyFileSync(path, unfinished, constants.COPYFILE_FICLONE);
  // Another window may have brought the file up to date meanwhile; its copy is the right one.
  if (fileVersion(unfinished) === version) renameSync(unfinished, copy);
  rmSync(unfinished, { force: true });
}

function fileVersion(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return versionOf(database);
  } finally {
    database.close();
    for (const companion of ['-wal', '-shm']) rmSync(path + companion, { force: true });
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  // Nothing is written, so that a file can be read that is locked or read-only.
  if (versionOf(database) === migrations.length) return;
  transact(database, () => {
    const version = versionOf(database);
    if (version > migrations.length) {
      throw new Error(`The file was written by a newer version (schema ${version}, known ${migrations.length}).`);
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** Runs the work as one transaction. Throws what the work throws; then nothing of it is kept. */
export function transact(database: DatabaseSync, work: () => void): void {
  // IMMEDIATE: a second window waits here instead of failing in the middle.
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // A full disk has ended the transaction already, and this error would hide the first.
  }
}
