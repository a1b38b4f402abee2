/** Why something can't be saved, by what the user can do about it. */
export type SaveFailure = 'diskFull' | 'locked' | 'readOnly' | 'unwritable' | 'damaged' | 'unknown';

/**
 * SQLite's primary result codes, see https://www.sqlite.org/rescode.html. Behind `true`, the same may succeed later, and
 * nothing else will before.
 */
const reasons: Record<number, [reason: SaveFailure, isPassing: boolean]> = {
  3: ['readOnly', true],
  5: ['locked', true],
  6: ['locked', true],
  8: ['readOnly', true],
  9: ['unknown', true],
  10: ['unwritable', true],
  11: ['damaged', false],
  13: ['diskFull', true],
  14: ['unwritable', true],
  23: ['readOnly', true],
  26: ['damaged', false],
};

/** Whether the same may succeed later: the file is busy, locked, read-only, can't be opened or written, the disk is full. */
export function isPassing(error: unknown): boolean {
  return reasons[primaryCode(error) ?? -1]?.[1] ?? false;
}

export function reasonOf(error: unknown): SaveFailure {
  return reasons[primaryCode(error) ?? -1]?.[0] ?? 'unknown';
}

/** SQLITE_CONSTRAINT. */
const conflictCode = 19;

/** Whether what is to be stored refers to what is not there, or is there already. */
export function isConflict(error: unknown): boolean {
  return primaryCode(error) === conflictCode;
}

/** The same as an error, for what SQLite itself takes for no conflict. */
export function conflict(message: string): Error {
  return Object.assign(new Error(message), { errcode: conflictCode });
}

/** SQLITE_INTERRUPT. */
const interruptedCode = 9;

/** Whether whoever was to do it has ended before it was done; it may have been done nevertheless. */
export function isInterrupted(error: unknown): boolean {
  return primaryCode(error) === interruptedCode;
}

export function interrupted(message: string): Error {
  return Object.assign(new Error(message), { errcode: interruptedCode });
}

/** SQLite’s primary result code; undefined where the error is none of SQLite’s. */
export function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // The upper bits say more about it.
  return error.errcode & 0xff;
}
