import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AnswerFigures, AnswerState, Usage } from '../../shared/conversation.ts';
import { type Decisions, type KeptDecisions, parseDecisions, takenBackRow } from '../filter/decisions.ts';
import { assertWhole } from '../storage/damage.ts';
import { type Row, readableRows } from '../storage/readableRows.ts';
import { conflict, isPassing } from '../storage/sqliteErrors.ts';
import { openDatabase, transact } from '../storage/sqliteDatabase.ts';
import { Blobs } from './blobs.ts';
import { eraseFromCopies } from './copies.ts';
import { OtherWriters } from './otherWriters.ts';
import { SqliteHistory } from './sqliteHistory.ts';
import type { AnswerTaken, StoreChange, StoredConversation } from '../conversation/store.ts';
import { parseCondensed, parseRecord, readConversation, readTree } from './readConversation.ts';
import type { TurnRecord } from '../conversation/turns.ts';
import type { TurnNode } from '../conversation/turnTree.ts';

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
  // What was stored before has its bytes where it holds them, until it is stored again.
  `CREATE TABLE blobs (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
   CREATE TABLE blob_uses (
     hash TEXT NOT NULL REFERENCES blobs (hash),
     turn_id TEXT REFERENCES turns (id) ON DELETE CASCADE,
     conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
     part TEXT
   ) STRICT;
   CREATE INDEX blob_uses_by_hash ON blob_uses (hash);
   CREATE INDEX blob_uses_by_turn ON blob_uses (turn_id);
   CREATE INDEX blob_uses_by_conversation ON blob_uses (conversation_id);`,
  `ALTER TABLE conversations ADD COLUMN mode TEXT NOT NULL DEFAULT 'chat';`,
  `ALTER TABLE conversations ADD COLUMN start TEXT NOT NULL DEFAULT '{}';`,
  // Every search reads all titles; beside each other they are on a third of the pages.
  `CREATE INDEX conversations_by_title ON conversations (title);`,
  // A row each, so that what two windows decide at the same time stands beside each other.
  `CREATE TABLE decisions (
     conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
     about TEXT NOT NULL,
     decision TEXT NOT NULL,
     PRIMARY KEY (conversation_id, about)
   ) STRICT, WITHOUT ROWID;`,
];

/** Of conversations: what is set as a whole. */
const columns = [
  'title',
  'draft',
  'parameters',
  'attachments',
  'queue',
  'unfinished',
  'condensed',
  'mode',
  'start',
] as const;

/** Characters: a longer text is not sent to the view to be recalled. */
const longestRecalled = 20_000;

/**
 * Opens the database at `path`, creating it or bringing its schema up to date. Several windows may have it open at
 * once. Throws where the file is no database, is damaged, or a newer version has written it. `failed` hears of what a
 * list or a search could not read later, `copiesDeleted` of copies beside the file that held what was to go for good, by
 * their names.
 */
export function openSqliteStore(
  path: string,
  failed: (error: unknown) => void = () => undefined,
  copiesDeleted: (names: string[]) => void = () => undefined,
): SqliteStore {
  const database = openDatabase(path, migrations, { isSynced: true });
  try {
    // What is deleted, or replaced by something shorter, is overwritten where it stood.
    database.exec('PRAGMA secure_delete = ON; PRAGMA cache_size = -16000');
    assertWhole(database, path, ['conversations', 'turns', 'blobs']);
    return new SqliteStore(database, path, { failed, copiesDeleted });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** See `openSqliteStore`. */
interface StoreEars {
  failed: (error: unknown) => void;
  copiesDeleted: (names: string[]) => void;
}

/** Conversations in a file. See ConversationStore; here each call is done when it returns. */
export class SqliteStore {
  readonly history: SqliteHistory;
  readonly isInMemory: boolean;
  readonly #database: DatabaseSync;
  readonly #blobs: Blobs;
  readonly #failed: (error: unknown) => void;
  readonly #path: string;
  #others: OtherWriters | undefined;

  constructor(database: DatabaseSync, path: string, { failed, copiesDeleted }: StoreEars) {
    this.#database = database;
    this.#path = path;
    this.isInMemory = path === ':memory:';
    this.#failed = failed;
    this.#blobs = new Blobs(database);
    this.history = new SqliteHistory(database, this.#blobs, {
      failed,
      eraseElsewhere: erased => {
        const names = eraseFromCopies(path, erased);
        if (names.length > 0) copiesDeleted(names);
      },
    });
  }

  /** Until it is closed, `heard` is called soon after another window has written. */
  watchOthers(heard: () => void): void {
    this.#others ??= new OtherWriters(this.#database, this.#path, heard);
  }

  sentTexts(limit: number): string[] {
    try {
      return this.#readSentTexts(limit);
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  #readSentTexts(limit: number): string[] {
    const rows = this.#database
      .prepare(
        // Chosen before anything is parsed: a turn with images holds megabytes.
        `SELECT json_extract(record, '$.text') AS text, json_extract(record, '$.call') AS call,
           json_extract(record, '$.intent') AS intent
         FROM (SELECT record FROM turns WHERE role = 'user' AND json_valid(record)
               ORDER BY created_at DESC, rowid DESC LIMIT ?)`,
      )
      .all(limit);
    return rows.flatMap(({ text, call, intent }) => {
      const typed = call ?? (intent === 'chat' ? text : undefined);
      return typeof typed === 'string' && typed !== '' && typed.length <= longestRecalled ? [typed] : [];
    });
  }

  load(id: string): StoredConversation | undefined {
    return readConversation(this.#database, id, this.#blobs);
  }

  loadTree(conversationId: string): TurnNode[] {
    return readTree(this.#database, conversationId);
  }

  loadTurns(conversationId: string): TurnRecord[] {
    return this.#turnRows(conversationId).flatMap(turn => parseRecord(turn['record'], this.#blobs) ?? []);
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

  loadTurn(id: string): TurnRecord | undefined {
    return parseRecord(
      this.#database.prepare('SELECT record FROM turns WHERE id = ?').get(id)?.['record'],
      this.#blobs,
    );
  }

  loadDecisions(conversationId: string): KeptDecisions {
    const rows = this.#database
      .prepare('SELECT about, decision FROM decisions WHERE conversation_id = ?')
      .all(conversationId);
    return parseDecisions(Object.fromEntries(rows.map(({ about, decision }) => [about, decision])));
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
    return way.flatMap(({ at = null }) => parseRecord(record.get(at)?.['record'], this.#blobs) ?? []);
  }

  write(changes: readonly StoreChange[]): void {
    transact(this.#database, () => {
      for (const change of changes) this.#make(change);
    });
    this.history.mendIndex();
  }

  #make(change: StoreChange): void {
    switch (change.type) {
      case 'append':
        return this.#append(change.conversationId, change.turn, change.parentId);
      case 'update':
        return this.#update(change.conversationId, change.turn);
      case 'moveHead':
        this.#touch(change.conversationId);
        return this.#run('UPDATE conversations SET head_id = ? WHERE id = ?', change.headId, change.conversationId);
      case 'remove':
        return this.#remove(change.conversationId, change.turnId);
      case 'markDeleted': {
        const deletedAt = change.isDeleted ? Date.now() : null;
        for (const id of change.turnIds) this.#run('UPDATE turns SET deleted_at = ? WHERE id = ?', deletedAt, id);
        return;
      }
      case 'decide':
        return this.#decide(change.conversationId, change.decisions);
      case 'set':
        this.#touch(change.conversationId);
        for (const [part, value] of Object.entries(change.parts)) {
          const stored = this.#textOf(part, value, change.conversationId);
          this.#run(`UPDATE conversations SET ${columnOf(part)} = ? WHERE id = ?`, stored, change.conversationId);
        }
    }
  }

  #decide(conversationId: string, decisions: Decisions | undefined): void {
    if (!decisions) {
      const had = this.#database.prepare('SELECT 1 FROM decisions WHERE conversation_id = ?').get(conversationId);
      this.#run('DELETE FROM decisions WHERE conversation_id = ?', conversationId);
      // By this other windows know that what they remember is none any more.
      if (had) this.#keepDecision(conversationId, takenBackRow, crypto.randomUUID());
      return;
    }
    this.#touch(conversationId);
    for (const [about, decision] of Object.entries(decisions)) {
      this.#keepDecision(conversationId, about, decision);
    }
  }

  #keepDecision(conversationId: string, about: string, decision: string): void {
    this.#run('INSERT OR REPLACE INTO decisions VALUES (?, ?, ?)', conversationId, about, decision);
  }

  #textOf(part: string, value: unknown, conversationId: string): string {
    if (typeof value === 'string') return value;
    // The others hold nothing that was attached; what looks like it there stays as it is.
    const holdsAttached = part === 'attachments' || part === 'queue';
    return holdsAttached ? this.#blobs.write(value, { conversationId, part }) : JSON.stringify(value);
  }

  #append(conversationId: string, turn: TurnRecord, parentId: string | null): void {
    this.#touch(conversationId);
    const { changes } = this.#database
      .prepare(
        `INSERT INTO turns (id, conversation_id, parent_id, role, created_at, record) VALUES (?, ?, ?, ?, ?, '')
         ON CONFLICT (id) DO NOTHING`,
      )
      .run(turn.id, conversationId, parentId, turn.role, turn.createdAt);
    if (changes > 0) this.#setRecord(turn);
  }

  #update(conversationId: string, turn: TurnRecord): void {
    this.#touch(conversationId);
    if (!this.#setRecord(turn)) throw conflict('The turn is not there.');
  }

  /** False where the turn is not there. */
  #setRecord(turn: TurnRecord): boolean {
    const isThere = this.#database.prepare('SELECT 1 FROM turns WHERE id = ?').get(turn.id) !== undefined;
    if (!isThere) return false;
    this.#run('UPDATE turns SET record = ? WHERE id = ?', this.#recordOf(turn), turn.id);
    this.#index(turn);
    return true;
  }

  /** Of an answer, its calls alone refer to bytes: what a model says stays as it is. */
  #recordOf(turn: TurnRecord): string {
    const owner = { turnId: turn.id };
    if (turn.role === 'user') return this.#blobs.write(turn, owner);
    if (!turn.calls) return JSON.stringify(turn);
    return JSON.stringify({ ...turn, calls: JSON.parse(this.#blobs.write(turn.calls, owner)) as unknown });
  }

  /** While an answer runs it is saved again and again. */
  #index(turn: TurnRecord): void {
    if (turn.role === 'user' || isOver(turn.state)) this.history.put(turn.id, turn);
  }

  #remove(conversationId: string, turnId: string): void {
    this.#run(
      `UPDATE conversations SET head_id = (SELECT parent_id FROM turns WHERE id = ?1) WHERE id = ?2 AND head_id = ?1`,
      turnId,
      conversationId,
    );
    this.#run('DELETE FROM turns WHERE id = ?', turnId);
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#database.prepare(sql).run(...values);
  }

  close(): void {
    if (!this.#database.isOpen) return;
    this.#others?.close();
    try {
      this.history.close();
    } finally {
      this.#database.close();
    }
  }

  #touch(conversationId: string): void {
    const now = Date.now();
    this.#run(
      `INSERT INTO conversations (id, created_at, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at`,
      conversationId,
      now,
      now,
    );
  }
}

/** Each part has a column of its name; other names get into no statement. */
function columnOf(part: string): string {
  const column = columns.find(name => name === part);
  if (column === undefined) throw new Error(`A conversation has no ${part}.`);
  return column;
}

function isOver({ phase }: AnswerState): boolean {
  return phase !== 'waiting' && phase !== 'retrying' && phase !== 'streaming';
}
