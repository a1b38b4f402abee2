import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { primaryCode } from './sqliteErrors.ts';

/** Bytes: a file up to this size is read through when it is opened, which takes some tens of milliseconds. */
const checkedBytes = 16_000_000;

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const damage = new Set([11, 26]);

/** Whether the error says that a file is no database or has lost pages. */
export function isDamage(error: unknown): boolean {
  return damage.has(primaryCode(error) ?? -1) || (error instanceof Error && /malformed/i.test(error.message));
}

/** Throws where the tables can't be read through, or `markDamaged` was called. A large file is believed to be whole. */
export function assertWhole(database: DatabaseSync, path: string, tables: readonly string[]): void {
  if (existsSync(markOf(path))) throw new Error('The file was found to be malformed.');
  if (path === ':memory:' || statSync(path).size > checkedBytes) return;
  for (const table of tables) {
    const found = database.prepare(`PRAGMA quick_check(${table})`).get()?.['quick_check'];
    if (found !== 'ok') throw new Error(`The file is malformed: ${String(found)}`);
  }
}

/** Damage was found while the file was in use: it is dealt with when it is opened next. */
export function markDamaged(path: string): void {
  writeFileSync(markOf(path), '');
}

export function clearMark(path: string): void {
  rmSync(markOf(path), { force: true });
}

function markOf(path: string): string {
  return `${path}.is-damaged`;
}
