import { existsSync, renameSync } from 'node:fs';

/** What became of a database file that could not be opened as it was. */
export type StorageTrouble =
  /** It was damaged, was kept under this name, and a new one was begun. */
  | { kind: 'setAside'; path: string; reason: string }
  /** Nothing can be written: what is stored lasts as long as the window. */
  | { kind: 'inMemory'; reason: string };

/**
 * Opens the database at `path` by `open`, and finds a way on where that fails: a damaged file is set aside, never
 * deleted; if nothing can be written at all, `:memory:` is opened. Throws only where that fails too.
 */
export function openOrSetAside<Opened>(
  path: string,
  open: (path: string) => Opened,
): { opened: Opened; trouble?: StorageTrouble } {
  try {
    return { opened: open(path) };
  } catch (error) {
    if (!isDamage(error)) return inMemory(error, open);
    try {
      const aside = setAside(path);
      return { opened: open(path), trouble: { kind: 'setAside', path: aside, reason: String(error) } };
    } catch (second) {
      return inMemory(second, open);
    }
  }
}

/** SQLite's own words for a file that is no database or has lost pages. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && /not a database|malformed/i.test(error.message);
}

function setAside(path: string): string {
  const aside = `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}

function inMemory<Opened>(error: unknown, open: (path: string) => Opened): { opened: Opened; trouble: StorageTrouble } {
  return { opened: open(':memory:'), trouble: { kind: 'inMemory', reason: String(error) } };
}
