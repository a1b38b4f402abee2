import { closeSync, openSync, writeSync } from 'node:fs';
import { irregular } from '../../harness/endpoint/random.ts';

/** Of SQLite, where nothing else is said. */
export const pageBytes = 4_096;

/** Puts noise in place of one page of a database, as a failing disk does. Pages are counted from 1. */
export function overwritePage(path: string, page: number): void {
  const random = irregular(String(page));
  const bytes = Uint8Array.from({ length: pageBytes }, () => Math.floor(random() * 256));
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, pageBytes, (page - 1) * pageBytes);
  closeSync(file);
}
