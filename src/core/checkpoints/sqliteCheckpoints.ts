import { hash } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Unseen } from '../../shared/restore.ts';
import { openDatabase, transact } from '../storage/sqliteDatabase.ts';
import type { FileContent, FileState, KeptChange, MovedBranch, NewChange, Restore, ScannedTurn } from './checkpoint.ts';

/** The schema, one step a version. A step that has shipped never changes. */
export const checkpointMigrations = [
  `CREATE TABLE contents (
     hash TEXT PRIMARY KEY,
     size INTEGER NOT NULL,
     bytes BLOB NOT NULL
   ) STRICT;
   CREATE INDEX contents_by_size ON contents (size);
   CREATE TABLE changes (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     conversation_id TEXT NOT NULL,
     turn_id TEXT NOT NULL,
     restore_id TEXT,
     address TEXT NOT NULL,
     path TEXT NOT NULL,
     before TEXT NOT NULL,
     after TEXT
   ) STRICT;
   CREATE INDEX changes_by_conversation ON changes (conversation_id, seq);
   CREATE TABLE uses (
     hash TEXT NOT NULL,
     seq INTEGER NOT NULL REFERENCES changes (seq) ON DELETE CASCADE,
     PRIMARY KEY (hash, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX uses_by_change ON uses (seq);
   CREATE TABLE restores (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     conversation_id TEXT NOT NULL,
     turn_id TEXT NOT NULL,
     is_undone INTEGER NOT NULL,
     moved TEXT
   ) STRICT;
   CREATE INDEX restores_by_conversation ON restores (conversation_id, number);
   CREATE TABLE scans (
     conversation_id TEXT NOT NULL,
     turn_id TEXT NOT NULL,
     beyond INTEGER NOT NULL,
     large INTEGER NOT NULL,
     PRIMARY KEY (conversation_id, turn_id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE seen (
     root TEXT NOT NULL,
     path TEXT NOT NULL,
     size INTEGER NOT NULL,
     modified_ms REAL NOT NULL,
     changed_ms REAL NOT NULL,
     hash TEXT NOT NULL,
     PRIMARY KEY (root, path)
   ) STRICT, WITHOUT ROWID;`,
];

/** Bytes of all contents together. */
export const mostKeptBytes = 1024 * 1024 * 1024;

/** A file of source code fits on a page: spread over several, 10,000 of them took three times as long to keep. */
const pageBytes = 32_768;

/** SHA-256, in hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/**
 * Opens the checkpoints at `path`: a file of its own, so that its size and its damage cost no conversation. Several
 * windows may have it open at once. Throws where the file is no database or a newer version has written it.
 */
export function openSqliteCheckpoints(path: string, mostBytes = mostKeptBytes): SqliteCheckpoints {
  const database = openDatabase(path, checkpointMigrations, { pageBytes });
  // What is taken out is overwritten.
  database.exec('PRAGMA secure_delete = ON');
  return new SqliteCheckpoints(database, mostBytes);
}

/** Checkpoints in a file, in the thread that calls them. See CheckpointStore. */
export class SqliteCheckpoints {
  readonly database: DatabaseSync;
  readonly #mostBytes: number;
  /** A scan runs it for each of its files. */
  readonly #insert: StatementSync;

  constructor(database: DatabaseSync, mostBytes: number) {
    this.database = database;
    this.#mostBytes = mostBytes;
    this.#insert = database.prepare(
      'INSERT INTO contents (hash, size, bytes) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
    );
  }

  begin(change: NewChange): number {
    let seq = 0;
    this.transact(() => {
      const before = this.#keep(change.before);
      seq = this.#goesOn(change) ?? this.add(change, before, undefined);
    });
    return seq;
  }

  end(seq: number, after: FileContent | null): void {
    const state = JSON.stringify(stateOf(after));
    this.database.prepare('UPDATE changes SET after = ? WHERE seq = ?').run(state, seq);
    this.database.prepare('DELETE FROM changes WHERE seq = ? AND after = before').run(seq);
    this.prune();
  }

  changes(conversationId: string): KeptChange[] {
    return this.database
      .prepare('SELECT * FROM changes WHERE conversation_id = ? ORDER BY seq')
      .all(conversationId)
      .map(toChange);
  }

  identify(contents: readonly (FileContent | null)[]): (FileState | null)[] {
    return contents.map(stateOf);
  }

  areKept(states: readonly (FileState | null)[]): boolean[] {
    const find = this.database.prepare('SELECT 1 FROM contents WHERE hash = ?');
    return states.map(state =>
      [state?.disk, state?.text].every(part => typeof part !== 'string' || find.get(part) !== undefined),
    );
  }

  content({ disk, text }: FileState): FileContent | undefined {
    const bytes = disk === null ? null : this.#read(disk);
    const shown = text === undefined ? undefined : this.#read(text);
    if (bytes === undefined || (text !== undefined && shown === undefined)) return undefined;
    return { disk: bytes, ...(shown && { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(shown) }) };
  }

  restored(conversationId: string, { id, turnId, isUndone, moved }: Restore): void {
    this.database
      .prepare(
        `INSERT INTO restores (id, conversation_id, turn_id, is_undone, moved) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET is_undone = excluded.is_undone, moved = excluded.moved`,
      )
      .run(id, conversationId, turnId, Number(isUndone), moved ? JSON.stringify(moved) : null);
  }

  lastRestore(conversationId: string): Restore | undefined {
    const row = this.database
      .prepare('SELECT * FROM restores WHERE conversation_id = ? ORDER BY number DESC LIMIT 1')
      .get(conversationId);
    if (!row) return undefined;
    const moved = row['moved'];
    return {
      id: String(row['id']),
      turnId: String(row['turn_id']),
      isUndone: row['is_undone'] === 1,
      ...(typeof moved === 'string' && { moved: JSON.parse(moved) as MovedBranch }),
    };
  }

  /** A program has run around which these files were not seen, or not kept. */
  addScan({ conversationId, turnId }: { conversationId: string; turnId: string }, { beyond, large }: Unseen): void {
    this.database
      .prepare(
        `INSERT INTO scans (conversation_id, turn_id, beyond, large) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET beyond = max(beyond, excluded.beyond), large = max(large, excluded.large)`,
      )
      .run(conversationId, turnId, beyond, large);
  }

  scanned(conversationId: string): ScannedTurn[] {
    return this.database
      .prepare('SELECT turn_id, beyond, large FROM scans WHERE conversation_id = ?')
      .all(conversationId)
      .map(row => ({
        turnId: String(row['turn_id']),
        unseen: { beyond: Number(row['beyond']), large: Number(row['large']) },
      }));
  }

  conversations(): string[] {
    return this.database
      .prepare('SELECT conversation_id FROM changes UNION SELECT conversation_id FROM restores')
      .all()
      .map(row => String(row['conversation_id']));
  }

  forget(conversationId: string): void {
    this.transact(() => {
      this.database.prepare('DELETE FROM changes WHERE conversation_id = ?').run(conversationId);
      this.database.prepare('DELETE FROM scans WHERE conversation_id = ?').run(conversationId);
      this.database.prepare('DELETE FROM restores WHERE conversation_id = ?').run(conversationId);
      this.database.exec(
        'DELETE FROM contents WHERE hash NOT IN (SELECT hash FROM uses) AND hash NOT IN (SELECT hash FROM seen)',
      );
    });
    // What was overwritten in the file stands in its log until then.
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  /** Adds a change whose contents are kept already. Within a transaction. */
  add(change: Omit<NewChange, 'before'>, before: FileState | null, after: FileState | null | undefined): number {
    const { conversationId, turnId, restoreId, address, path } = change;
    const { lastInsertRowid } = this.database
      .prepare(
        `INSERT INTO changes (conversation_id, turn_id, restore_id, address, path, before, after)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        conversationId,
        turnId,
        restoreId,
        address,
        path,
        JSON.stringify(before),
        after === undefined ? null : JSON.stringify(after),
      );
    const seq = Number(lastInsertRowid);
    const use = this.database.prepare('INSERT OR IGNORE INTO uses (hash, seq) VALUES (?, ?)');
    for (const part of [before?.disk, before?.text]) if (typeof part === 'string') use.run(part, seq);
    return seq;
  }

  /** Keeps bytes under their hash. */
  keep(bytes: Uint8Array): string {
    const key = hashOf(bytes);
    this.#insert.run(key, bytes.length, bytes);
    return key;
  }

  transact(work: () => void): void {
    transact(this.database, work);
  }

  /** Takes out the oldest contents until the rest is within the bound; first those that belong to no change. */
  prune(): void {
    let over =
      Number(this.database.prepare('SELECT total(size) AS size FROM contents').get()?.['size']) - this.#mostBytes;
    if (over <= 0) return;
    const oldest = this.database
      .prepare(
        `SELECT hash, size FROM contents
         ORDER BY (SELECT max(seq) FROM uses WHERE uses.hash = contents.hash) NULLS FIRST, rowid`,
      )
      .all();
    this.transact(() => {
      const remove = this.database.prepare('DELETE FROM contents WHERE hash = ?');
      for (const { hash: key, size } of oldest) {
        if (over <= 0) return;
        remove.run(String(key));
        over -= Number(size);
      }
    });
  }

  /** The change of the same turn that this one goes on with: nothing has changed the file in between. */
  #goesOn({ conversationId, turnId, restoreId, address, before }: NewChange): number | undefined {
    const row = this.database
      .prepare('SELECT * FROM changes WHERE conversation_id = ? AND address = ? ORDER BY seq DESC LIMIT 1')
      .get(conversationId, address);
    const last = row && toChange(row);
    const isOf = last?.turnId === turnId && last.restoreId === restoreId && last.after !== undefined;
    return isOf && JSON.stringify(last.after) === JSON.stringify(stateOf(before)) ? last.seq : undefined;
  }

  #keep(content: FileContent | null): FileState | null {
    if (!content) return null;
    const { disk, text } = content;
    return {
      disk: disk && this.keep(disk),
      ...(text !== undefined && { text: this.keep(new TextEncoder().encode(text)) }),
    };
  }

  #read(key: string): Uint8Array | undefined {
    const bytes = this.database.prepare('SELECT bytes FROM contents WHERE hash = ?').get(key)?.['bytes'];
    // A file that has lost pages gives back something else.
    return bytes instanceof Uint8Array && hashOf(bytes) === key ? bytes : undefined;
  }
}

function stateOf(content: FileContent | null): FileState | null {
  if (!content) return null;
  const { disk, text } = content;
  return {
    disk: disk && hashOf(disk),
    ...(text !== undefined && { text: hashOf(new TextEncoder().encode(text)) }),
  };
}

function toChange(row: Record<string, SQLOutputValue>): KeptChange {
  const { restore_id: restoreId, after } = row;
  return {
    seq: Number(row['seq']),
    turnId: String(row['turn_id']),
    restoreId: typeof restoreId === 'string' ? restoreId : null,
    address: String(row['address']),
    path: String(row['path']),
    before: JSON.parse(String(row['before'])) as FileState | null,
    after: typeof after === 'string' ? (JSON.parse(after) as FileState | null) : undefined,
  };
}
