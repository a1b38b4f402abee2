/** SQLite's primary result codes, see https://www.sqlite.org/rescode.html. */
const passing = new Set([5, 6, 8, 10, 13, 14]);

/** Whether the same may succeed later: the file is busy, locked, read-only, can't be opened or written, the disk is full. */
export function isPassing(error: unknown): boolean {
  return passing.has(primaryCode(error) ?? -1);
}

export function isDiskFull(error: unknown): boolean {
  return primaryCode(error) === 13;
}

/** SQLite’s primary result code; undefined where the error is none of SQLite’s. */
export function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // The upper bits say more about it.
  return error.errcode & 0xff;
}
