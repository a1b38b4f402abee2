import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the database at `path`, creating it or bringing its schema up to date: `migrations` has one step a version, and
 * `PRAGMA user_version` counts the steps taken. A step that has shipped never changes. Several windows may have the
 * file open at once. Throws where it is no database or a newer version has written it.
 */
export function openDatabase(path: string, migrations: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  transact(database, () => {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > migrations.length) {
      throw new Error(`The file was written by a newer version (schema ${version}, known ${migrations.length}).`);
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

export function transact(database: DatabaseSync, work: () => void): void {
  // IMMEDIATE: a second window waits here instead of failing in the middle.
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
