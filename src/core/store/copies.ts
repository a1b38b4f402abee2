import { readdirSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { basename, dirname, join } from 'node:path';
import { transact } from '../storage/sqliteDatabase.ts';
import { reasonOf } from '../storage/sqliteErrors.ts';

/** What is taken out of the store for good. */
export interface Erased {
  conversationIds: readonly string[];
  /** Those of them that their conversations go on without. */
  turnIds: readonly string[];
  /** Milliseconds since the epoch: none of it is older. */
  madeAt: number;
}

/** Milliseconds after which a copy that was not finished will not be. */
const longestCopyingMs = 10 * 60_000;

/**
 * Takes it out of the copies beside the database at `path` as well: those that were kept before the schema changed, and
 * files that were set aside as damaged. Returns the names of those that were deleted, since what they hold of it can't be
 * told. Throws where a copy can be neither changed nor deleted now.
 */
export function eraseFromCopies(path: string, erased: Erased): string[] {
  if (path === ':memory:') return [];
  const deleted: string[] = [];
  for (const { copy, kind } of copiesOf(path)) {
    if (kind === 'unfinished') removeFiles(copy);
    else if (kind === 'version' || mayHold(copy, erased)) {
      if (eraseRows(copy, erased)) continue;
      removeFiles(copy);
      deleted.push(basename(copy));
    }
  }
  return deleted;
}

interface Copy {
  copy: string;
  kind: 'version' | 'damaged' | 'unfinished';
}

function copiesOf(path: string): Copy[] {
  const [folder, name] = [dirname(path), basename(path)];
  return readdirSync(folder).flatMap((file): Copy[] => {
    if (!file.startsWith(`${name}.`)) return [];
    const ending = file.slice(name.length);
    const copy = join(folder, file);
    if (/^\.version-\d+$/.test(ending)) return [{ copy, kind: 'version' }];
    if (/^\.damaged-[^.]+?(?<!-wal|-shm)$/.test(ending)) return [{ copy, kind: 'damaged' }];
    const isLeft = /^\.(version-\d+\.\d+|salvaged)$/.test(ending) && isOld(copy);
    return isLeft ? [{ copy, kind: 'unfinished' }] : [];
  });
}

/** Another window may be making it. */
function isOld(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > longestCopyingMs;
}

/** Whether it was there when the file was set aside. */
function mayHold(copy: string, { madeAt }: Erased): boolean {
  const changes = ['', '-wal'].map(suffix => statSync(copy + suffix, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return madeAt <= Math.max(...changes);
}

/** False where the copy can't be read as a whole: what stands on pages that nothing leads to is not found. */
function eraseRows(copy: string, erased: Erased): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(copy, { timeout: 1_000 });
    // What a journal on the disk would keep is what is to go.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON');
    const open = database;
    transact(open, () => erase(open, erased));
    return /\.damaged-/.test(copy) ? isWhole(open) : true;
  } catch (error) {
    if (reasonOf(error) === 'locked') throw error;
    return false;
  } finally {
    database?.close();
  }
}

function isWhole(database: DatabaseSync): boolean {
  return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
}

function erase(database: DatabaseSync, { conversationIds, turnIds }: Erased): void {
  const has = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?');
  // A copy is not searched, and of a text in the index more is kept than its row.
  for (const table of ['word_parts', 'word_uses', 'words', 'word_dues', 'word_texts', 'trigrams', 'texts'])
    if (has.get(table)) database.exec(`DROP TABLE ${table}`);
  const hasBlobs = has.get('blobs') !== undefined;
  // Those after a turn follow the one before it, and do not go with it.
  database.exec('PRAGMA defer_foreign_keys = ON');
  for (const id of turnIds) {
    const parentId = database.prepare('SELECT parent_id FROM turns WHERE id = ?').get(id)?.['parent_id'] ?? null;
    database.prepare('UPDATE turns SET parent_id = ? WHERE parent_id = ?').run(parentId, id);
    database.prepare('UPDATE conversations SET head_id = ? WHERE head_id = ?').run(parentId, id);
    if (hasBlobs) database.prepare('DELETE FROM blob_uses WHERE turn_id = ?').run(id);
    database.prepare('DELETE FROM turns WHERE id = ?').run(id);
  }
  for (const id of conversationIds) {
    if (hasBlobs) {
      database
        .prepare(
          `DELETE FROM blob_uses
           WHERE conversation_id = ?1 OR turn_id IN (SELECT id FROM turns WHERE conversation_id = ?1)`,
        )
        .run(id);
    }
    database.prepare('DELETE FROM turns WHERE conversation_id = ?').run(id);
    database.prepare('DELETE FROM conversations WHERE id = ?').run(id);
  }
  if (hasBlobs) database.exec('DELETE FROM blobs WHERE hash NOT IN (SELECT hash FROM blob_uses)');
}

/** A database with its log and the log's index. */
function removeFiles(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
