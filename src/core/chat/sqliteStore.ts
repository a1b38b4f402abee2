import type { DatabaseSync } from 'node:sqlite';
import type { Attachment, UserTurn } from '../../shared/conversation.ts';
import { type Parameters, parseParameters } from '../../shared/parameters.ts';
import { openDatabase, transact } from '../storage/sqliteDatabase.ts';
import type { ConversationStore, ConversationSummary, StoredConversation } from './store.ts';
import type { TurnRecord } from './turns.ts';

/**
 * The schema, one step a version. A step that has shipped never changes.
 * Turns form a tree: `parent_id` is the turn before, `head_id` the last turn of the branch that is shown.
 */
const migrations = [
  `CREATE TABLE conversations (
     id TEXT PRIMARY KEY,
     title TEXT NOT NULL DEFAULT '',
     draft TEXT NOT NULL DEFAULT '',
     head_id TEXT,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX conversations_by_update ON conversations (updated_at DESC);
   CREATE TABLE turns (
     id TEXT PRIMARY KEY,
     conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
     parent_id TEXT REFERENCES turns (id) ON DELETE CASCADE,
     role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
     created_at INTEGER NOT NULL,
     record TEXT NOT NULL
   ) STRICT;
   CREATE INDEX turns_by_conversation ON turns (conversation_id);
   CREATE INDEX turns_by_parent ON turns (parent_id);`,
  `ALTER TABLE conversations ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}';
   ALTER TABLE conversations ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
   ALTER TABLE conversations ADD COLUMN queue TEXT NOT NULL DEFAULT '[]';`,
];

/**
 * Opens the database at `path`, creating it or bringing its schema up to date. Several windows may have it open at
 * once. Throws where the file is no database or a newer version has written it.
 */
export function openSqliteStore(path: string): ConversationStore {
  return new SqliteStore(openDatabase(path, migrations));
}

class SqliteStore implements ConversationStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(limit: number): ConversationSummary[] {
    const rows = this.#database
      .prepare(
        `SELECT c.id, c.title, c.updated_at, (SELECT count(*) FROM turns t WHERE t.conversation_id = c.id) AS turn_count
         FROM conversations c WHERE c.head_id IS NOT NULL ORDER BY c.updated_at DESC LIMIT ?`,
      )
      .all(limit);
    return rows.map(row => ({
      id: String(row['id']),
      title: String(row['title']),
      updatedAt: Number(row['updated_at']),
      turnCount: Number(row['turn_count']),
    }));
  }

  load(id: string): StoredConversation | undefined {
    const row = this.#database
      .prepare('SELECT title, draft, parameters, attachments, queue FROM conversations WHERE id = ?')
      .get(id);
    if (!row) return undefined;
    const turns = this.#database
      .prepare(
        `WITH RECURSIVE branch (id, parent_id, record, depth) AS (
           SELECT t.id, t.parent_id, t.record, 0 FROM turns t JOIN conversations c ON c.head_id = t.id WHERE c.id = ?
           UNION ALL
           SELECT t.id, t.parent_id, t.record, branch.depth + 1 FROM turns t JOIN branch ON t.id = branch.parent_id
         ) SELECT record FROM branch ORDER BY depth DESC`,
      )
      .all(id)
      .map(turn => JSON.parse(String(turn['record'])) as TurnRecord);
    const parameters = parseParameters(JSON.parse(String(row['parameters'])));
    const queue = JSON.parse(String(row['queue'])) as UserTurn[];
    const attachments = JSON.parse(String(row['attachments'])) as Attachment[];
    return { id, title: String(row['title']), draft: String(row['draft']), parameters, attachments, queue, turns };
  }

  saveTurn(conversationId: string, turn: TurnRecord, parentId: string | null): void {
    transact(this.#database, () => {
      this.#touch(conversationId);
      const inserted = this.#database
        .prepare(
          `INSERT INTO turns (id, conversation_id, parent_id, role, created_at, record) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO NOTHING`,
        )
        .run(turn.id, conversationId, parentId, turn.role, turn.createdAt, JSON.stringify(turn));
      if (inserted.changes === 0) {
        this.#database.prepare('UPDATE turns SET record = ? WHERE id = ?').run(JSON.stringify(turn), turn.id);
      } else {
        this.#database.prepare('UPDATE conversations SET head_id = ? WHERE id = ?').run(turn.id, conversationId);
      }
    });
  }

  removeTurn(conversationId: string, turnId: string): void {
    transact(this.#database, () => {
      this.#database
        .prepare(
          `UPDATE conversations SET head_id = (SELECT parent_id FROM turns WHERE id = ?1)
           WHERE id = ?2 AND head_id = ?1`,
        )
        .run(turnId, conversationId);
      this.#database.prepare('DELETE FROM turns WHERE id = ?').run(turnId);
    });
  }

  saveTitle(conversationId: string, title: string): void {
    this.#touch(conversationId);
    this.#database.prepare('UPDATE conversations SET title = ? WHERE id = ?').run(title, conversationId);
  }

  saveDraft(conversationId: string, draft: string): void {
    this.#touch(conversationId);
    this.#database.prepare('UPDATE conversations SET draft = ? WHERE id = ?').run(draft, conversationId);
  }

  saveQueue(conversationId: string, queue: readonly UserTurn[]): void {
    this.#touch(conversationId);
    this.#database
      .prepare('UPDATE conversations SET queue = ? WHERE id = ?')
      .run(JSON.stringify(queue), conversationId);
  }

  saveAttachments(conversationId: string, attachments: Attachment[]): void {
    this.#touch(conversationId);
    this.#database
      .prepare('UPDATE conversations SET attachments = ? WHERE id = ?')
      .run(JSON.stringify(attachments), conversationId);
  }

  saveParameters(conversationId: string, parameters: Parameters): void {
    this.#touch(conversationId);
    this.#database
      .prepare('UPDATE conversations SET parameters = ? WHERE id = ?')
      .run(JSON.stringify(parameters), conversationId);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #touch(conversationId: string): void {
    const now = Date.now();
    this.#database
      .prepare(
        `INSERT INTO conversations (id, created_at, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at`,
      )
      .run(conversationId, now, now);
  }
}
