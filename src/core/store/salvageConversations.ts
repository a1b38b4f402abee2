import { DatabaseSync } from 'node:sqlite';
import { type Row, readableRows } from '../storage/readableRows.ts';
import { transact } from '../storage/sqliteDatabase.ts';
import { openSqliteStore } from './sqliteStore.ts';

/**
 * Writes the conversations that can be read of a damaged file to a new one. A turn whose predecessor is lost follows
 * the last one before it. Returns the number of conversations.
 */
export function salvageConversations(damaged: string, into: string): number {
  try {
    const from = new DatabaseSync(damaged, { readOnly: true });
    try {
      const conversations = readableRows(from, 'conversations');
      const turns = readableRows(from, 'turns');
      const blobs = readableRows(from, 'blobs');
      const uses = readableRows(from, 'blob_uses');
      // Makes the tables. The texts that are searched come back by and by.
      openSqliteStore(into).close();
      return write(into, conversations, turns, { blobs, uses });
    } finally {
      from.close();
    }
  } catch {
    return 0;
  }
}

function write(
  into: string,
  conversations: readonly Row[],
  turns: readonly Row[],
  { blobs, uses }: { blobs: readonly Row[]; uses: readonly Row[] },
): number {
  const database = new DatabaseSync(into);
  try {
    transact(database, () => {
      for (const row of conversations) insert(database, 'conversations', row);
      const lastOf = new Map<string, string>();
      for (const row of turns) addTurn(database, row, lastOf);
      for (const row of blobs) insert(database, 'blobs', row);
      for (const row of uses) insert(database, 'blob_uses', row);
      for (const [id, last] of lastOf) {
        database
          .prepare('UPDATE conversations SET head_id = ? WHERE id = ? AND head_id NOT IN (SELECT id FROM turns)')
          .run(last, id);
      }
      database.exec('UPDATE conversations SET head_id = NULL WHERE head_id NOT IN (SELECT id FROM turns)');
    });
    return Number(database.prepare('SELECT count(*) AS n FROM conversations').get()?.['n']);
  } finally {
    database.close();
  }
}

function addTurn(database: DatabaseSync, row: Row, lastOf: Map<string, string>): void {
  if (!isJson(row['record'])) return;
  const conversationId = String(row['conversation_id']);
  const { id = null, created_at: createdAt = null, parent_id: parentId = null } = row;
  database
    .prepare(
      `INSERT INTO conversations (id, head_id, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)
       ON CONFLICT (id) DO NOTHING`,
    )
    .run(conversationId, id, createdAt);
  const hasParent = database.prepare('SELECT 1 FROM turns WHERE id = ?').get(parentId) !== undefined;
  const parent = hasParent ? parentId : (lastOf.get(conversationId) ?? null);
  if (insert(database, 'turns', { ...row, parent_id: parent })) lastOf.set(conversationId, String(id));
}

/** Fields that hold JSON. */
const jsonFields = ['parameters', 'attachments', 'queue', 'unfinished', 'condensed', 'start'];

/** False where the row is not what belongs into the table. */
function insert(database: DatabaseSync, table: string, row: Row): boolean {
  const fields = Object.entries(row).filter(([name, value]) => !jsonFields.includes(name) || isJson(value));
  const names = fields.map(([name]) => name).join(', ');
  const places = fields.map(() => '?').join(', ');
  try {
    database.prepare(`INSERT INTO ${table} (${names}) VALUES (${places})`).run(...fields.map(([, value]) => value));
    return true;
  } catch {
    return false;
  }
}

/** What stood on a lost page can be read as anything. */
function isJson(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
