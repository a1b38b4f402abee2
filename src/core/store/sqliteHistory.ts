import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type Blobs, withoutBytes } from './blobs.ts';
import type { Erased } from './copies.ts';
import { parseRecord } from './readConversation.ts';
import type { TurnRecord } from '../conversation/turns.ts';
import { isDamage } from '../storage/damage.ts';
import { isPassing } from '../storage/sqliteErrors.ts';
import { readableRows } from '../storage/readableRows.ts';
import { transact } from '../storage/sqliteDatabase.ts';
import {
  byPlace,
  type ConversationHit,
  type ConversationSummary,
  type Shelf,
} from '../../shared/storedConversations.ts';
import type { ConversationFlags, ConversationRun, ListOptions } from '../history/history.ts';
import { hasSimpleCase, holdsAll, likePattern, patternsOf, searchTerms, snippetOf } from '../history/searchTerms.ts';
import { TextIndex } from './textIndex.ts';
import { searchableText } from './turnText.ts';
import { numbersIn } from './wordIndex.ts';

/** Milliseconds for which what was deleted can come back. */
const undoMs = 60 * 60 * 1_000;
/** Milliseconds of one step of catching up. */
const stepMs = 8;

const summaryColumns = 'c.id, c.title, c.updated_at, c.is_pinned, c.is_archived';

/** One that has gone back to before its first turn has its title still. */
const isSaid = `(c.head_id IS NOT NULL OR c.title <> '')`;

const onShelf: Record<Shelf, string> = {
  current: 'c.deleted_at IS NULL AND c.is_archived = 0',
  archived: 'c.deleted_at IS NULL AND c.is_archived = 1',
  deleted: 'c.deleted_at IS NOT NULL',
};

type Row = Record<string, SQLOutputValue>;

/** See ConversationHistory; here each call is done when it returns, and a search goes on as far as it is asked for. */
export class SqliteHistory {
  readonly #database: DatabaseSync;
  readonly #blobs: Blobs;
  readonly #texts: TextIndex;
  readonly #failed: (error: unknown) => void;
  readonly #eraseElsewhere: (erased: Erased) => void;
  #isIndexBroken = false;
  /** Turns that the index is to be given, the newest last: none is put again and again where the index has lost it. */
  #lacking: number[] | undefined;

  /**
   * `failed` hears of what can't be read: what is given then is what can be, and may not be all. `eraseElsewhere` takes out
   * of copies what is to go for good.
   */
  constructor(
    database: DatabaseSync,
    blobs: Blobs,
    { failed, eraseElsewhere }: { failed: (error: unknown) => void; eraseElsewhere: (erased: Erased) => void },
  ) {
    this.#database = database;
    this.#blobs = blobs;
    this.#failed = failed;
    this.#eraseElsewhere = eraseElsewhere;
    this.#texts = new TextIndex(database);
    try {
      this.#purge(Date.now() - undoMs);
    } catch (error) {
      // What is deleted goes the next time.
      if (!isPassing(error)) throw error;
    }
  }

  list({ shelf, limit, after }: ListOptions): ConversationSummary[] {
    try {
      const behind = after ? 'AND (c.is_pinned, c.updated_at, c.id) < (?, ?, ?)' : '';
      const listed = this.#database
        .prepare(
          `SELECT ${summaryColumns} FROM conversations c WHERE ${isSaid} AND ${onShelf[shelf]} ${behind}
           ORDER BY c.is_pinned DESC, c.updated_at DESC, c.id DESC LIMIT ?`,
        )
        .all(...(after ? [after.isPinned ? 1 : 0, after.updatedAt, after.id] : []), limit)
        .map(toSummary);
      return [...(shelf === 'current' && !after ? this.#withoutRow() : []), ...listed].slice(0, limit);
    } catch (error) {
      this.#failed(error);
      return this.#readable(shelf)
        .filter(summary => !after || byPlace(summary, after) > 0)
        .slice(0, limit);
    }
  }

  /** Conversations of which nothing but turns is left. Throws where the index names one that no turn belongs to. */
  #withoutRow(): ConversationSummary[] {
    const ownerOf = this.#database.prepare('SELECT conversation_id FROM turns WHERE rowid = ?');
    const rows = this.#database
      .prepare(
        `SELECT t.conversation_id AS id, '' AS title, max(t.created_at) AS updated_at, 0 AS is_pinned, 0 AS is_archived,
           max(t.rowid) AS turn
         FROM turns t WHERE NOT EXISTS (SELECT 1 FROM conversations c WHERE c.id = t.conversation_id)
         GROUP BY t.conversation_id`,
      )
      .all();
    for (const { id, turn = null } of rows) {
      if (ownerOf.get(turn)?.['conversation_id'] !== id) throw new Error('The index of turns is malformed.');
    }
    return rows.map(toSummary);
  }

  *search(query: string, limit: number): Generator<ConversationHit[], void> {
    try {
      yield* this.#search(query, limit);
    } catch (error) {
      this.#failed(error);
      yield this.#searchReadable(query, limit);
    }
  }

  *#search(query: string, limit: number): Generator<ConversationHit[], void> {
    const terms = searchTerms(query);
    const hits = new Map<string, ConversationHit>();
    const sorted = (): ConversationHit[] =>
      [...hits.values()].sort((one, other) => other.updatedAt - one.updatedAt).slice(0, limit);
    if (terms.length > 0) {
      for (const hit of this.#searchTitles(terms, limit)) hits.set(hit.id, hit);
      for (const hit of this.#searchTexts(terms, limit)) {
        // Found by its title, it still shows where its contents hold it.
        if (hit) hits.set(hit.id, hit);
        else yield sorted();
      }
    }
    yield sorted();
  }

  signs(since: number): ConversationRun[] {
    try {
      return this.#database
        .prepare(
          // The end of the branch that was shown last, and what was added last: windows may show different ones.
          `SELECT c.id, json_extract(t.record, '$.runsIn.window') AS window, json_extract(t.record, '$.runsIn.at') AS at
           FROM conversations c JOIN turns t ON t.rowid IN (
             (SELECT rowid FROM turns WHERE id = c.head_id),
             (SELECT max(rowid) FROM turns WHERE conversation_id = c.id)
           )
           WHERE c.updated_at >= ? AND c.deleted_at IS NULL AND json_valid(t.record)`,
        )
        .all(since)
        .flatMap(({ id, window, at }) =>
          typeof window === 'string' && typeof at === 'number' ? [{ id: String(id), window, at }] : [],
        );
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  has(id: string): boolean {
    try {
      const row = this.#database.prepare('SELECT 1 FROM conversations WHERE id = ? AND deleted_at IS NULL').get(id);
      return row !== undefined;
    } catch (error) {
      this.#failed(error);
      // Whoever opens it is shown what can be read of it.
      return true;
    }
  }

  rename(id: string, title: string): void {
    this.#database.prepare('UPDATE conversations SET title = ? WHERE id = ?').run(title, id);
  }

  mark(id: string, { isPinned, isArchived, isDeleted }: ConversationFlags): void {
    const set = (column: string, value: number | null): void => {
      this.#database.prepare(`UPDATE conversations SET ${column} = ? WHERE id = ?`).run(value, id);
    };
    if (isPinned !== undefined) set('is_pinned', isPinned ? 1 : 0);
    if (isArchived !== undefined) set('is_archived', isArchived ? 1 : 0);
    if (isDeleted !== undefined) set('deleted_at', isDeleted ? Date.now() : null);
  }

  /** Takes it out for good, with what the file and its copies still hold of it. Where those can't be changed, it stays. */
  remove(id: string): void {
    const row = this.#database.prepare('SELECT created_at FROM conversations WHERE id = ?').get(id);
    this.#eraseElsewhere({ conversationIds: [id], turnIds: [], madeAt: Number(row?.['created_at'] ?? 0) });
    transact(this.#database, () => {
      this.#takeOut(id);
      this.#blobs.purge();
    });
    this.#overwrite();
  }

  /** Puts a turn that was stored into the index. A broken index keeps no turn from being stored: see `mendIndex`. */
  put(turnId: string, turn: TurnRecord): void {
    const row = this.#database.prepare('SELECT rowid FROM turns WHERE id = ?').get(turnId);
    if (row) this.#change(texts => texts.put(Number(row['rowid']), searchableText(turn)));
  }

  #change(change: (texts: TextIndex) => void): void {
    try {
      change(this.#texts);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#isIndexBroken = true;
    }
  }

  /** Begins a broken index anew, outside of a transaction; it catches up by and by. */
  mendIndex(): void {
    if (!this.#isIndexBroken) return;
    this.#isIndexBroken = false;
    try {
      this.#texts.renew();
    } catch (error) {
      this.#failed(error);
    }
  }

  catchUp(): boolean {
    try {
      return this.#catchUp();
    } catch (error) {
      this.#lacking = undefined;
      this.#failed(error);
      return false;
    } finally {
      this.mendIndex();
    }
  }

  #catchUp(): boolean {
    const lacking = (this.#lacking ??= this.#texts.lacking());
    if (lacking.length === 0) {
      this.#lacking = undefined;
      this.#texts.completed();
      return false;
    }
    // One transaction: each waits for the disk.
    transact(this.#database, () => this.#putSome(lacking, performance.now() + stepMs));
    return true;
  }

  #putSome(lacking: number[], end: number): void {
    const recordOf = this.#database.prepare('SELECT record FROM turns WHERE rowid = ?');
    while (performance.now() < end && !this.#isIndexBroken) {
      const rowid = lacking.pop();
      if (rowid === undefined) return;
      const row = recordOf.get(rowid);
      // A turn that is gone by now lacks nothing.
      if (!row) continue;
      const turn = parseRecord(row['record'], withoutBytes);
      this.#change(texts => texts.putWhole(rowid, turn ? searchableText(turn) : ''));
    }
  }

  /** Takes out for good what was deleted and has not come back. */
  close(): void {
    this.#purge(Date.now() - undoMs);
  }

  #searchTitles(terms: readonly string[], limit: number): ConversationHit[] {
    // The database looks for what it can, and the rest is looked for among what it finds. All titles are read, from the
    // index that holds nothing else; what is found is quicker sorted than read in the order of another one: hence the plus.
    const simple = terms.filter(hasSimpleCase);
    const patterns = patternsOf(terms);
    return this.#database
      .prepare(
        `SELECT ${summaryColumns} FROM conversations c WHERE c.rowid IN (
           SELECT rowid FROM conversations WHERE ${['TRUE', ...simple.map(() => `title LIKE ? ESCAPE '\\'`)].join(' AND ')}
         ) AND ${isSaid} AND c.deleted_at IS NULL ORDER BY +c.updated_at DESC`,
      )
      .all(...simple.map(likePattern))
      .filter(row => holdsAll(String(row['title']), patterns))
      .slice(0, limit)
      .map(toSummary);
  }

  /** The latest first; undefined where it may be interrupted. */
  *#searchTexts(terms: readonly string[], limit: number): Generator<ConversationHit | undefined, void> {
    const hitOf = this.#database.prepare(
      `SELECT ${summaryColumns}, t.id AS turn_id FROM turns t JOIN conversations c ON c.id = t.conversation_id
       WHERE t.rowid = ? AND t.deleted_at IS NULL AND c.deleted_at IS NULL`,
    );
    const found = new Set<string>();
    // Most turns that hold a frequent word belong to conversations that are found already. The index knows which turns
    // those are; the other way round, each turn would have to be read for the conversation that it belongs to.
    const turnsOf = this.#database.prepare('SELECT group_concat(rowid) AS rowids FROM turns WHERE conversation_id = ?');
    const known = new Set<number>();
    const isWanted = (rowid: number): boolean => !known.has(rowid);
    const patterns = patternsOf(terms);
    for (const hit of this.#texts.search(terms, isWanted)) {
      if (!hit) yield undefined;
      const row = hit && hitOf.get(hit.rowid);
      if (hit && row) {
        const summary = toSummary(row);
        yield {
          ...summary,
          turnId: String(row['turn_id']),
          snippet: snippetOf(hit.text.trimEnd(), patterns, hit.cutBefore),
        };
        found.add(summary.id);
        for (const rowid of numbersIn(turnsOf.get(summary.id)?.['rowids'])) known.add(rowid);
        if (found.size === limit) return;
      }
    }
  }

  /** What can be read beside what is lost, in the order of a list; of all but the deleted ones where no shelf is named. */
  #readable(shelf?: Shelf): ConversationSummary[] {
    return readableRows(this.#database, 'conversations')
      .filter(
        row =>
          (row['head_id'] !== null || row['title'] !== '') && (row['deleted_at'] !== null) === (shelf === 'deleted'),
      )
      .map(toSummary)
      .filter(({ isArchived }) => shelf === undefined || shelf === 'deleted' || isArchived === (shelf === 'archived'))
      .toSorted(byPlace);
  }

  #searchReadable(query: string, limit: number): ConversationHit[] {
    const patterns = patternsOf(searchTerms(query));
    if (patterns.length === 0) return [];
    const turns = readableRows(this.#database, 'turns').flatMap(row => {
      const turn = row['deleted_at'] === null ? parseRecord(row['record'], withoutBytes) : undefined;
      const text = turn ? searchableText(turn) : '';
      return holdsAll(text, patterns) ? [{ row, text }] : [];
    });
    return this.#readable()
      .flatMap((summary): ConversationHit[] => {
        const held = turns.findLast(({ row }) => row['conversation_id'] === summary.id);
        if (held) return [{ ...summary, turnId: String(held.row['id']), snippet: snippetOf(held.text, patterns) }];
        return holdsAll(summary.title, patterns) ? [summary] : [];
      })
      .slice(0, limit);
  }

  #purge(deletedBefore: number): void {
    // Most often there is nothing, and no other window is waited for.
    const found = ['conversations', 'turns'].some(
      table => this.#database.prepare(`SELECT 1 FROM ${table} WHERE deleted_at < ?`).get(deletedBefore) !== undefined,
    );
    if (!found && !this.#blobs.hasUnused) return;
    if (found && !this.#purgeCopies(deletedBefore)) return;
    transact(this.#database, () => {
      const conversations = this.#database
        .prepare('SELECT id FROM conversations WHERE deleted_at < ?')
        .all(deletedBefore);
      for (const { id } of conversations) this.#takeOut(String(id));
      const turns = this.#database
        .prepare('SELECT rowid, id, parent_id FROM turns WHERE deleted_at < ? ORDER BY rowid')
        .all(deletedBefore);
      for (const { rowid, id = null, parent_id: parentId = null } of turns) {
        this.#texts.erase([Number(rowid)]);
        this.#database.prepare('UPDATE turns SET parent_id = ? WHERE parent_id = ?').run(parentId, id);
        this.#database.prepare('UPDATE conversations SET head_id = ? WHERE head_id = ?').run(parentId, id);
        this.#database.prepare('DELETE FROM turns WHERE id = ?').run(id);
      }
      this.#blobs.purge();
    });
    this.#overwrite();
  }

  /** False where that failed: then it goes from everywhere the next time. */
  #purgeCopies(deletedBefore: number): boolean {
    const deleted = (table: string): Row[] =>
      this.#database.prepare(`SELECT id, created_at FROM ${table} WHERE deleted_at < ?`).all(deletedBefore);
    const [conversations, turns] = [deleted('conversations'), deleted('turns')];
    try {
      this.#eraseElsewhere({
        conversationIds: conversations.map(({ id }) => String(id)),
        turnIds: turns.map(({ id }) => String(id)),
        madeAt: Math.min(...[...conversations, ...turns].map(row => Number(row['created_at']))),
      });
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  #takeOut(id: string): void {
    const turns = this.#database.prepare('SELECT rowid FROM turns WHERE conversation_id = ?').all(id);
    this.#texts.erase(turns.map(({ rowid }) => Number(rowid)));
    this.#database.prepare('DELETE FROM conversations WHERE id = ?').run(id);
  }

  /** Pages that are free hold nothing (`secure_delete`); the log beside the file would still have what was there. */
  #overwrite(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}

function toSummary(row: Row): ConversationSummary {
  return {
    id: String(row['id']),
    title: String(row['title']),
    updatedAt: Number(row['updated_at']),
    isPinned: row['is_pinned'] === 1,
    isArchived: row['is_archived'] === 1,
  };
}
