import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { clearMark, isDamage } from './damage.ts';

/** Milliseconds that another window may take from making the file to writing into it. */
const longestMakingMs = 60_000;

/** What became of a database file that could not be opened as it was. */
export type StorageTrouble =
  /** It was damaged and was kept under this name; a new one was begun, with the `salvaged` conversations of the old. */
  | { kind: 'setAside'; path: string; reason: string; salvaged: number }
  /** Nothing can be written: what is stored lasts as long as the window. */
  | { kind: 'inMemory'; reason: string };

/** Writes what can be read of the database `damaged` to a new one, and returns how much that is. Never throws. */
export type Salvage = (damaged: string, into: string) => number;

/**
 * Opens the database at `path` by `open`, makes its folder, and finds a way on where that fails: a damaged file is set aside, never
 * deleted, and what `salvage` can read of it is in the new one; if nothing can be written at all, `:memory:` is opened.
 * Throws only where that fails too.
 */
export function openOrSetAside<Opened>(
  path: string,
  open: (path: string) => Opened,
  salvage: Salvage = () => 0,
): { opened: Opened; trouble?: StorageTrouble } {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // The process ended after the damaged file was set aside, and before this one took its place.
    if (!existsSync(path) && existsSync(salvagedOf(path))) renameSync(salvagedOf(path), path);
    if (wasEmptied(path)) return replace(path, open, salvage, 'The file is empty.');
    return { opened: open(path) };
  } catch (error) {
    if (!isDamage(error)) return inMemory(error, open);
    try {
      return { ...replace(path, open, salvage, String(error)) };
    } catch (second) {
      return inMemory(second, open);
    }
  }
}

/** A file that is made has content after some milliseconds: one that has none later has lost it. */
function wasEmptied(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.size === 0 && Date.now() - found.mtimeMs > longestMakingMs;
}

function replace<Opened>(
  path: string,
  open: (path: string) => Opened,
  salvage: Salvage,
  reason: string,
): { opened: Opened; trouble: StorageTrouble } {
  const salvagedPath = salvagedOf(path);
  for (const file of withCompanions(salvagedPath)) rmSync(file, { force: true });
  const salvaged = salvage(path, salvagedPath);
  const aside = setAside(path);
  if (salvaged > 0) renameSync(salvagedPath, path);
  clearMark(path);
  return { opened: open(path), trouble: { kind: 'setAside', path: aside, reason, salvaged } };
}

function setAside(path: string): string {
  const aside = `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  const names = withCompanions(aside);
  withCompanions(path).forEach((file, at) => {
    if (existsSync(file)) renameSync(file, names[at] ?? aside);
  });
  return aside;
}

/** The files of a database: itself, its log and the log's index. */
function withCompanions(path: string): string[] {
  return ['', '-wal', '-shm'].map(suffix => path + suffix);
}

function salvagedOf(path: string): string {
  return `${path}.salvaged`;
}

function inMemory<Opened>(error: unknown, open: (path: string) => Opened): { opened: Opened; trouble: StorageTrouble } {
  return { opened: open(':memory:'), trouble: { kind: 'inMemory', reason: String(error) } };
}
