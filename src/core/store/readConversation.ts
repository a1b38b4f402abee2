import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { UserTurn } from '../../shared/conversation.ts';
import { isTooDeep } from '../../shared/nesting.ts';
import { parseParameters } from '../../shared/parameterProblem.ts';
import { parseStartSettings } from '../conversation/startSettings.ts';
import { parseToolMode } from '../../shared/toolMode.ts';
import { parseUnfinished } from '../../shared/unfinished.ts';
import { isFields } from '../../shared/json.ts';
import { readableRows } from '../storage/readableRows.ts';
import { isPassing } from '../storage/sqliteErrors.ts';
import type { BlobReader } from './blobs.ts';
import type { Condensed, Summary } from '../conversation/condense.ts';
import { parseAttachments, parseTurn } from '../conversation/parseTurn.ts';
import { damagedAndEmpty, type StoredConversation } from '../conversation/store.ts';
import type { TurnRecord } from '../conversation/turns.ts';
import type { TurnNode } from '../conversation/turnTree.ts';

interface StoredNode extends TurnNode {
  rowid: number;
}

/**
 * The conversation as it is stored; undefined where nothing is. What can't be read of it is left out, and it is said to
 * be damaged. Throws only where the same may succeed later.
 */
export function readConversation(
  database: DatabaseSync,
  id: string,
  blobs: BlobReader,
): StoredConversation | undefined {
  const reading = new Reading();
  const row = reading.attempt(
    () =>
      database
        .prepare(
          `SELECT title, draft, parameters, attachments, queue, unfinished, condensed, mode, start, head_id
           FROM conversations WHERE id = ?`,
        )
        .get(id),
    undefined,
  );
  const read =
    reading.attempt(() => readNodes(database, id), undefined) ??
    // Around what is broken, and without an index that may be.
    readableRows(database, 'turns')
      .filter(turn => turn['conversation_id'] === id)
      .map(toNode);
  const nodes = mended(read, reading);
  if (!row && nodes.length === 0) return reading.isDamaged ? damagedAndEmpty(id) : undefined;
  if (!row) reading.isDamaged = true;
  const turns = readBranch(database, nodes, row ? row['head_id'] : nodes.at(-1)?.id, blobs, reading);
  const unfinished = parseUnfinished(reading.json(row?.['unfinished'], {}));
  const { condensed, lost } = parseCondensed(row?.['condensed']);
  const attachments = reading.list(row?.['attachments'], blobs, parseAttachments);
  const queue = reading.list(row?.['queue'], blobs, items => items.flatMap(item => asQuestion(parseTurn(item)) ?? []));
  if (lost > 0) reading.isDamaged = true;
  const mode = parseToolMode(row?.['mode']);
  const start = parseStartSettings(reading.json(row?.['start'], {}));
  return {
    id,
    title: String(row?.['title'] ?? ''),
    draft: String(row?.['draft'] ?? ''),
    parameters: parseParameters(reading.json(row?.['parameters'], {})),
    attachments,
    queue,
    turns,
    tree: nodes.map(withoutRow),
    ...(Object.keys(unfinished).length > 0 && { unfinished }),
    ...(condensed.summaries.length + condensed.omitted.length > 0 && { condensed }),
    ...(mode !== 'chat' && { mode }),
    ...(start && { start }),
    ...(reading.isDamaged && { isDamaged: true }),
  };
}

/** The turn that stands in a row; undefined where that is none. */
export function parseRecord(
  stored: SQLOutputValue | undefined,
  blobs: BlobReader,
  missing?: () => void,
): TurnRecord | undefined {
  const value = parsed(stored);
  if (isTooDeep(value)) return undefined;
  if (!isFields(value)) return undefined;
  if (value['role'] === 'user') return parseTurn(blobs.restore(value, missing));
  // What a model says refers to nothing; what its calls have brought may.
  return parseTurn(value['calls'] ? { ...value, calls: blobs.restore(value['calls'], missing) } : value);
}

/** What stands in the column, and how many summaries can't be read. */
export function parseCondensed(stored: SQLOutputValue | undefined): { condensed: Condensed; lost: number } {
  const value = stored === undefined ? {} : parsed(stored);
  if (!isFields(value)) return { condensed: { summaries: [], omitted: [] }, lost: 1 };
  const { summaries, omitted } = value;
  const all = Array.isArray(summaries) ? (summaries as unknown[]) : [];
  const read = all.filter(summary => isFields(summary) && parseTurn(summary['turn'])?.role === 'assistant');
  const ids = Array.isArray(omitted) ? omitted.filter(id => typeof id === 'string') : [];
  return { condensed: { summaries: read as Summary[], omitted: ids }, lost: all.length - read.length };
}

/** Where all turns stand, in the order of their making. Throws where they can't be read. */
export function readTree(database: DatabaseSync, conversationId: string): TurnNode[] {
  return mended(readNodes(database, conversationId), new Reading()).map(withoutRow);
}

function withoutRow({ id, role, parentId, isDeleted }: StoredNode): TurnNode {
  return { id, role, parentId, isDeleted };
}

function readNodes(database: DatabaseSync, conversationId: string): StoredNode[] {
  return database
    .prepare('SELECT rowid, id, role, parent_id, deleted_at FROM turns WHERE conversation_id = ? ORDER BY rowid')
    .all(conversationId)
    .map(toNode);
}

function toNode(row: Record<string, SQLOutputValue>): StoredNode {
  return {
    rowid: Number(row['rowid']),
    id: String(row['id']),
    role: row['role'] === 'user' ? 'user' : 'assistant',
    parentId: row['parent_id'] === null ? null : String(row['parent_id']),
    isDeleted: row['deleted_at'] !== null,
  };
}

/** Goes on where something can't be read, and remembers that. */
class Reading {
  isDamaged = false;
  /** Something that a turn refers to is gone. */
  readonly missing = (): void => {
    this.isDamaged = true;
  };

  attempt<Value>(work: () => Value, otherwise: Value): Value {
    try {
      return work();
    } catch (error) {
      if (isPassing(error)) throw error;
      this.isDamaged = true;
      return otherwise;
    }
  }

  /** Undefined where there is no row that could hold it. */
  json(stored: SQLOutputValue | undefined, otherwise: object): object {
    if (stored === undefined) return otherwise;
    const value = parsed(stored);
    if (typeof value === 'object' && value !== null) return value;
    this.isDamaged = true;
    return otherwise;
  }

  /** Those of the items that `parse` takes. */
  list<Item>(stored: SQLOutputValue | undefined, blobs: BlobReader, parse: (items: unknown[]) => Item[]): Item[] {
    const written = this.json(stored, []);
    const value = isTooDeep(written) ? written : blobs.restore(written, this.missing);
    const items = Array.isArray(value) ? (value as unknown[]) : [value];
    const read = parse(items);
    if (read.length < items.length) this.isDamaged = true;
    return read;
  }
}

/**
 * The turns as a tree: each once, and after the one that it follows, as they were stored. Where that is not so, a turn
 * follows the one that was stored before it.
 */
function mended(read: readonly StoredNode[], reading: Reading): StoredNode[] {
  const nodes = new Map<string, StoredNode>();
  let before: string | null = null;
  for (const node of read) {
    const isOnce = !nodes.has(node.id);
    const isAfter = node.parentId === null || nodes.has(node.parentId);
    if (!isOnce || !isAfter) reading.isDamaged = true;
    if (!isOnce) continue;
    nodes.set(node.id, isAfter ? node : { ...node, parentId: before });
    before = node.id;
  }
  return [...nodes.values()];
}

/** The branch that ends with this turn, or, where that is lost, with the last one; oldest first. */
function readBranch(
  database: DatabaseSync,
  nodes: readonly StoredNode[],
  headId: SQLOutputValue | undefined,
  blobs: BlobReader,
  reading: Reading,
): TurnRecord[] {
  if (headId === null || headId === undefined) return [];
  const byId = new Map(nodes.map(node => [node.id, node]));
  const head = byId.get(String(headId));
  if (!head) reading.isDamaged = true;
  const record = database.prepare('SELECT record FROM turns WHERE rowid = ?');
  const branch: TurnRecord[] = [];
  for (let node = head ?? nodes.at(-1); node; node = byId.get(node.parentId ?? '')) {
    const { id, rowid, isDeleted } = node;
    if (isDeleted) continue;
    const read = reading.attempt(() => parseRecord(record.get(rowid)?.['record'], blobs, reading.missing), undefined);
    if (read?.id === id) branch.push(read);
    else reading.isDamaged = true;
  }
  return branch.reverse();
}

function asQuestion(turn: TurnRecord | undefined): UserTurn | undefined {
  return turn?.role === 'user' ? turn : undefined;
}

function parsed(stored: SQLOutputValue | undefined): unknown {
  if (typeof stored !== 'string') return undefined;
  try {
    return JSON.parse(stored) as unknown;
  } catch {
    return undefined;
  }
}
