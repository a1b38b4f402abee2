import type { DatabaseSync } from 'node:sqlite';
import type { AnswerFigures, AnswerState, Attachment, Usage, UserTurn } from '../../shared/conversation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Unfinished } from '../../shared/unfinished.ts';
import { assertWhole } from '../storage/damage.ts';
import { type Row, readableRows } from '../storage/readableRows.ts';
import { isPassing } from '../storage/sqliteErrors.ts';
import { openDatabase, transact } from '../storage/sqliteDatabase.ts';
import type { Condensed } from './condense.ts';
import { SqliteHistory } from '../history/sqliteHistory.ts';
import type { AnswerTaken, ConversationStore, StoredConversation } from './store.ts';
import { parseCondensed, parseRecord, readConversation, readTree } from './readConversation.ts';
import type { TurnRecord } from './turns.ts';
import type { TurnNode } from './turnTree.ts';

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
  `ALTER TABLE turns ADD COLUMN deleted_at INTEGER;
   CREATE INDEX turns_deleted ON turns (deleted_at) WHERE deleted_at IS NOT NULL;
   ALTER TABLE conversations ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE conversations ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE conversations ADD COLUMN deleted_at INTEGER;
   ALTER TABLE conversations ADD COLUMN condensed TEXT NOT NULL DEFAULT '{}';`,
  `ALTER TABLE conversations ADD COLUMN unfinished TEXT NOT NULL DEFAULT '{}';`,
];

/** Characters: a longer text is not sent to the view to be recalled. */
const longestRecalled = 20_000;

/**
 * Opens the database at `path`, creating it or bringing its schema up to date. Several windows may have it open at
 * once. Throws where the file is no database, is damaged, or a newer version has written it. `failed` hears of what a
 * list or a search could not read later.
 */
export function openSqliteStore(path: string, failed: (error: unknown) => void = () => undefined): ConversationStore {
  const database = openDatabase(path, migrations);
  try {
    assertWhole(database, path, ['conversations', 'turns']);
    return new SqliteStore(database, path === ':memory:', failed);
  } catch (error) {
    database.close();
    throw error;
  }
}

class SqliteStore implements ConversationStore {
  readonly history: SqliteHistory;
  readonly isInMemory: boolean;
  readonly #database: DatabaseSync;
  readonly #failed: (error: unknown) => void;

  constructor(database: DatabaseSync, isInMemory: boolean, failed: (error: unknown) => void) {
    this.#database = database;
    this.isInMemory = isInMemory;
    this.#failed = failed;
    this.history = new SqliteHistory(database, failed);
  }

  sentTexts(exceptConversationId: string, limit: number): string[] {
    try {
      return this.#readSentTexts(exceptConversationId, limit);
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  #readSentTexts(exceptConversationId: string, limit: number): string[] {
    const rows = this.#database
      .prepare(
        // Chosen before anything is parsed: a turn with images holds megabytes.
        `SELECT json_extract(record, '$.text') AS text, json_extract(record, '$.call') AS call,
           json_extract(record, '$.intent') AS intent
         FROM (SELECT record FROM turns WHERE role = 'user' AND conversation_id <> ? AND json_valid(record)
               ORDER BY created_at DESC, rowid DESC LIMIT ?)`,
      )
      .all(exceptConversationId, limit);
    return rows.flatMap(({ text, call, intent }) => {
      const typed = call ?? (intent === 'chat' ? text : undefined);
      return typeof typed === 'string' && typed !== '' && typed.length <= longestRecalled ? [typed] : [];
    });
  }

  load(id: string): StoredConversation | undefined {
    return readConversation(this.#database, id);
  }

  loadTree(conversationId: string): TurnNode[] {
    return readTree(this.#database, conversationId);
  }

  loadTurns(conversationId: string): TurnRecord[] {
    return this.#turnRows(conversationId).flatMap(turn => parseRecord(turn['record']) ?? []);
  }

  #turnRows(conversationId: string): Row[] {
    try {
      return this.#database
        .prepare('SELECT record FROM turns WHERE conversation_id = ? ORDER BY rowid')
        .all(conversationId);
    } catch (error) {
      if (isPassing(error)) throw error;
      this.#failed(error);
      return readableRows(this.#database, 'turns').filter(row => row['conversation_id'] === conversationId);
    }
  }

  loadTaken(conversationId: string): AnswerTaken[] {
    try {
      return this.#readTaken(conversationId);
    } catch (error) {
      if (isPassing(error)) throw error;
      this.#failed(error);
      return this.loadTurns(conversationId).flatMap(turn => (turn.role === 'assistant' ? [turn] : []));
    }
  }

  #readTaken(conversationId: string): AnswerTaken[] {
    const answers = this.#database
      .prepare(
        // Chosen before anything is parsed: most of a record is its text.
        `SELECT json_extract(record, '$.model') AS model, json_extract(record, '$.usage') AS usage,
           json_extract(record, '$.figures') AS figures
         FROM turns WHERE conversation_id = ? AND role = 'assistant' AND json_valid(record)`,
      )
      .all(conversationId);
    const row = this.#database.prepare('SELECT condensed FROM conversations WHERE id = ?').get(conversationId);
    const { summaries } = parseCondensed(row?.['condensed']).condensed;
    return [
      ...answers.map(({ model, usage, figures }): AnswerTaken => ({
        model: String(model),
        ...(typeof usage === 'string' && { usage: JSON.parse(usage) as Usage }),
        ...(typeof figures === 'string' && { figures: JSON.parse(figures) as AnswerFigures }),
      })),
      ...summaries.map(({ turn }) => turn),
    ];
  }

  loadBranch(headId: string): TurnRecord[] {
    // The way first, the records after it: a query that carried them along would copy and sort megabytes.
    const way = this.#database
      .prepare(
        `WITH RECURSIVE branch (at, parent_id, deleted_at, depth) AS (
           SELECT rowid, parent_id, deleted_at, 0 FROM turns WHERE id = ?
           UNION ALL
           SELECT t.rowid, t.parent_id, t.deleted_at, branch.depth + 1
           FROM turns t JOIN branch ON t.id = branch.parent_id
           -- It was stored before; else a damaged file may lead in circles.
           WHERE t.rowid < branch.at
         ) SELECT at FROM branch WHERE deleted_at IS NULL ORDER BY depth DESC`,
      )
      .all(headId);
    const record = this.#database.prepare('SELECT record FROM turns WHERE rowid = ?');
    return way.flatMap(({ at = null }) => parseRecord(record.get(at)?.['record']) ?? []);
  }

  setHead(conversationId: string, headId: string): void {
    this.#touch(conversationId);
    this.#database.prepare('UPDATE conversations SET head_id = ? WHERE id = ?').run(headId, conversationId);
  }

  markDeleted(turnIds: readonly string[], isDeleted: boolean): void {
    transact(this.#database, () => {
      const mark = this.#database.prepare('UPDATE turns SET deleted_at = ? WHERE id = ?');
      for (const id of turnIds) mark.run(isDeleted ? Date.now() : null, id);
    });
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
      // While an answer runs it is saved again and again.
      if (turn.role === 'user' || isOver(turn.state)) this.history.put(turn.id, turn);
    });
    this.history.mendIndex();
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

  saveUnfinished(conversationId: string, unfinished: Unfinished): void {
    this.#touch(conversationId);
    this.#database
      .prepare('UPDATE conversations SET unfinished = ? WHERE id = ?')
      .run(JSON.stringify(unfinished), conversationId);
  }

  saveCondensed(conversationId: string, condensed: Condensed): void {
    this.#touch(conversationId);
    this.#database
      .prepare('UPDATE conversations SET condensed = ? WHERE id = ?')
      .run(JSON.stringify(condensed), conversationId);
  }

  close(): void {
    if (!this.#database.isOpen) return;
    try {
      this.history.close();
    } finally {
      this.#database.close();
    }
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

function isOver({ phase }: AnswerState): boolean {
  return phase !== 'waiting' && phase !== 'retrying' && phase !== 'streaming';
}
