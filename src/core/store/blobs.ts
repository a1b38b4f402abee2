import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { isFields } from '../../shared/json.ts';
import { isPassing } from '../storage/sqliteErrors.ts';

/** Whose the bytes are: a turn's, or those of a part of a conversation. */
export type BlobOwner = { turnId: string } | { conversationId: string; part: string };

/** Puts bytes back into a value that was written without them. */
export interface BlobReader {
  /** What was attached and has lost its bytes is left out; `missing` hears of it. */
  restore(value: unknown, missing?: () => void): unknown;
}

const unused = 'hash NOT IN (SELECT hash FROM blob_uses)';

/**
 * The bytes of what was attached, each once under its hash, however many turns and conversations hold it. In the text of
 * whatever holds them stands the hash.
 */
export class Blobs implements BlobReader {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The text of the value, without its bytes, which are kept for their owner in place of those that it had. */
  write(value: unknown, owner: BlobOwner): string {
    const hashes = new Set<string>();
    const text = JSON.stringify(value, (_, field: unknown) => {
      const bytes = isFields(field) ? bytesOf(field['source']) : undefined;
      if (!isFields(field) || !bytes) return field;
      const hash = hashOf(bytes);
      if (!hashes.has(hash)) this.#keep(hash, bytes);
      hashes.add(hash);
      return { ...field, source: { ...(field['source'] as Base64), data: undefined, blob: hash } };
    });
    this.#own(owner, hashes);
    return text;
  }

  restore(value: unknown, missing?: () => void): unknown {
    return restored(value, hash => {
      const data = this.#read(hash);
      if (data === undefined) missing?.();
      return data;
    });
  }

  /** Whether some are there that nothing holds any more. */
  get hasUnused(): boolean {
    return this.#database.prepare(`SELECT 1 FROM blobs WHERE ${unused} LIMIT 1`).get() !== undefined;
  }

  /** Takes out for good what nothing holds any more. */
  purge(): void {
    this.#database.exec(`DELETE FROM blobs WHERE ${unused}`);
  }

  #keep(hash: string, bytes: Buffer): void {
    this.#database
      .prepare('INSERT INTO blobs (hash, bytes) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING')
      .run(hash, bytes);
  }

  #own(owner: BlobOwner, hashes: ReadonlySet<string>): void {
    const isTurn = 'turnId' in owner;
    const turnId = isTurn ? owner.turnId : null;
    const [conversationId, part] = isTurn ? [null, null] : [owner.conversationId, owner.part];
    this.#database
      .prepare('DELETE FROM blob_uses WHERE turn_id = ? OR (conversation_id = ? AND part = ?)')
      .run(turnId, conversationId, part);
    const use = this.#database.prepare(
      'INSERT INTO blob_uses (hash, turn_id, conversation_id, part) VALUES (?, ?, ?, ?)',
    );
    for (const hash of hashes) use.run(hash, turnId, conversationId, part);
  }

  /** Undefined where they are not there as they were. */
  #read(hash: string): string | undefined {
    try {
      const bytes = this.#database.prepare('SELECT bytes FROM blobs WHERE hash = ?').get(hash)?.['bytes'];
      return bytes instanceof Uint8Array && hashOf(bytes) === hash ? Buffer.from(bytes).toString('base64') : undefined;
    } catch (error) {
      if (isPassing(error)) throw error;
      return undefined;
    }
  }
}

/** For whoever looks at texts alone. */
export const withoutBytes: BlobReader = { restore: value => restored(value, () => '') };

/**
 * The value with what `dataOf` gives for each hash. What is attached stands in lists: where there is no data, it is left
 * out.
 */
function restored(value: unknown, dataOf: (hash: string) => string | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map(item => restored(item, dataOf)).filter(item => item !== undefined);
  }
  if (!isFields(value)) return value;
  const { source } = value;
  if (!isReference(source)) {
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, restored(field, dataOf)]));
  }
  const { blob, ...rest } = source;
  const data = dataOf(blob);
  return data === undefined ? undefined : { ...value, source: { ...rest, data } };
}

interface Base64 {
  type: 'base64';
  data: string;
}

/** Of a source in base64, if these bytes give the same text again. */
function bytesOf(source: unknown): Buffer | undefined {
  if (!isBase64(source)) return undefined;
  const bytes = Buffer.from(source.data, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === source.data ? bytes : undefined;
}

function isBase64(source: unknown): source is Base64 {
  return isFields(source) && source['type'] === 'base64' && typeof source['data'] === 'string';
}

interface Reference {
  type: 'base64';
  blob: string;
}

function isReference(field: unknown): field is Reference {
  return isFields(field) && field['type'] === 'base64' && typeof field['blob'] === 'string' && !('data' in field);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
