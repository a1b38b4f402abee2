import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Unseen } from '../../shared/restore.ts';
import type { FileState, ScanRoot } from './checkpoint.ts';
import { hashOf, type SqliteCheckpoints } from './sqliteCheckpoints.ts';
import { lookAt, walk, type WalkedFile } from './walk.ts';

/** What is taken in of a workspace: beyond that, it is said how much was not. */
export interface ScanLimits {
  files: number;
  /** Of one file. */
  fileBytes: number;
  /** Of all files together. */
  bytes: number;
}

export const scanLimits: ScanLimits = { files: 50_000, fileBytes: 10 * 1024 * 1024, bytes: 512 * 1024 * 1024 };

/**
 * Milliseconds within which a file may change again and keep its times: those of some file systems are as coarse as this.
 * What was changed so shortly before it was looked at is read again.
 */
const coarsestClockMs = 2_000;

/** No file's time. */
const never = -1;

/** Stands for what a file held that was too large to be kept. */
const notKept = 'not kept';

interface Seen extends WalkedFile {
  hash: string;
  isFresh: boolean;
}

interface Scan {
  startedAt: number;
  unseen: Unseen;
  roots: readonly ScanRoot[];
  /** A map for each root, by path. */
  files: ReadonlyMap<string, Seen>[];
}

/** Finds out what programs change in the folders of a workspace: what the files hold before they run is kept, and compared. */
export class Scans {
  readonly #kept: SqliteCheckpoints;
  readonly #limits: ScanLimits;
  readonly #now: () => number;
  readonly #scans = new Map<number, Scan>();
  #count = 0;

  /** `now` in milliseconds since the epoch. */
  constructor(kept: SqliteCheckpoints, limits = scanLimits, now = Date.now) {
    this.#kept = kept;
    this.#limits = limits;
    this.#now = now;
  }

  before(roots: readonly ScanRoot[]): number {
    const unseen: Unseen = { beyond: 0, large: 0 };
    const files: Scan['files'] = [];
    const startedAt = this.#now();
    let room = this.#limits.bytes;
    this.#kept.transact(() => {
      for (const { path } of roots) {
        const taken = new Map<string, Seen>();
        const known = this.#known(path);
        for (const file of this.#walk(path, unseen)) {
          const seen = this.#take(path, file, known.get(file.path), room, unseen);
          if (seen.hash !== notKept) room -= file.size;
          taken.set(file.path, seen);
        }
        this.#remember(path, taken, known);
        files.push(taken);
      }
    });
    const scan = ++this.#count;
    this.#scans.set(scan, { startedAt, unseen, roots, files });
    return scan;
  }

  after(scan: number, whose: { conversationId: string; turnId: string }): number {
    const before = this.#scans.get(scan);
    this.#scans.delete(scan);
    if (!before) return 0;
    let changes = 0;
    this.#kept.transact(() => {
      this.#kept.addScan(whose, before.unseen);
      for (const [at, root] of before.roots.entries()) {
        const files = before.files[at] ?? new Map<string, Seen>();
        for (const { path, was, is } of this.#differences(root.path, files, before.startedAt)) {
          changes++;
          const address = pathToFileURL(join(root.path, path)).href;
          const name = root.name === '' ? path : `${root.name}/${path}`;
          this.#kept.add({ ...whose, restoreId: null, address, path: name }, was, is);
        }
      }
    });
    this.#kept.prune();
    return changes;
  }

  /** Of a file of a root: what it held, and holds now. */
  *#differences(
    root: string,
    files: ReadonlyMap<string, Seen>,
    startedAt: number,
  ): Generator<{ path: string; was: FileState | null; is: FileState | null }> {
    const unmet = new Map(files);
    const kept = new Set([...files.values()].map(({ hash }) => hash));
    for (const file of this.#walk(root, { beyond: 0, large: 0 })) {
      const was = files.get(file.path);
      unmet.delete(file.path);
      const hash = this.#hashNow(root, file, was);
      if (hash === undefined || hash === was?.hash) continue;
      // One that was there and not seen, such as one that was ignored before, is not new: nothing would take it away.
      if (!was && file.bornMs < startedAt - coarsestClockMs && !kept.has(hash)) continue;
      yield { path: file.path, was: was ? { disk: was.hash } : null, is: { disk: hash } };
    }
    for (const [path, was] of unmet) {
      // It may be ignored by now, or beyond the number of files.
      const file = lookAt(root, path);
      const hash = file && this.#hashNow(root, file, was);
      if (hash !== was.hash) yield { path, was: { disk: was.hash }, is: hash === undefined ? null : { disk: hash } };
    }
  }

  /** What it holds by now; of one that is too large, only that it is another. Undefined where it can't be read. */
  #hashNow(root: string, file: WalkedFile, was: Seen | undefined): string | undefined {
    if (was && isSameFile(was, file) && !was.isFresh) return was.hash;
    if (file.size > this.#limits.fileBytes) return `${notKept} ${file.changedMs}`;
    const bytes = bytesOf(join(root, file.path));
    return bytes && hashOf(bytes);
  }

  #walk(root: string, unseen: Unseen): WalkedFile[] {
    return walk(root, this.#limits.files, () => unseen.beyond++);
  }

  /** Keeps what the file holds, unless that is known; of one that can't be kept, only how it is listed. */
  #take(root: string, file: WalkedFile, known: Seen | undefined, room: number, unseen: Unseen): Seen {
    const isFresh = this.#now() - Math.max(file.changedMs, file.modifiedMs) < coarsestClockMs;
    if (file.size > this.#limits.fileBytes) {
      unseen.large++;
      return { ...file, hash: notKept, isFresh: false };
    }
    if (file.size > room) {
      unseen.beyond++;
      return { ...file, hash: notKept, isFresh: false };
    }
    if (known && isSameFile(known, file) && !isFresh) return { ...known, isFresh };
    const bytes = bytesOf(join(root, file.path));
    return { ...file, hash: bytes ? this.#kept.keep(bytes) : notKept, isFresh: bytes !== undefined && isFresh };
  }

  /** What the last scan of the root has taken in, as far as it is still kept. */
  #known(root: string): Map<string, Seen> {
    const rows = this.#kept.database
      .prepare('SELECT * FROM seen WHERE root = ? AND EXISTS (SELECT 1 FROM contents WHERE contents.hash = seen.hash)')
      .all(root);
    return new Map(
      rows.map(row => {
        const path = String(row['path']);
        return [
          path,
          {
            path,
            size: Number(row['size']),
            modifiedMs: Number(row['modified_ms']),
            changedMs: Number(row['changed_ms']),
            bornMs: 0,
            hash: String(row['hash']),
            isFresh: false,
          },
        ];
      }),
    );
  }

  #remember(root: string, taken: ReadonlyMap<string, Seen>, known: ReadonlyMap<string, Seen>): void {
    const { database } = this.#kept;
    const remove = database.prepare('DELETE FROM seen WHERE root = ? AND path = ?');
    for (const path of known.keys()) if (taken.get(path)?.hash !== known.get(path)?.hash) remove.run(root, path);
    const add = database.prepare(
      `INSERT OR REPLACE INTO seen (root, path, size, modified_ms, changed_ms, hash) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    for (const [path, { size, modifiedMs, changedMs, hash, isFresh }] of taken) {
      if (hash === notKept) continue;
      const before = known.get(path);
      // One that was fresh when it was read is read again by the next scan: its times may not tell.
      const trusted = isFresh ? never : changedMs;
      if (before?.hash !== hash || before.changedMs !== trusted) add.run(root, path, size, modifiedMs, trusted, hash);
    }
  }
}

function isSameFile(one: WalkedFile, other: WalkedFile): boolean {
  return one.size === other.size && one.modifiedMs === other.modifiedMs && one.changedMs === other.changedMs;
}

/** Undefined where it can't be read: it may be gone, or not be the user's to read. */
function bytesOf(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
