/** A failure that the person at the terminal can mend: its message says how, and a stack would only hide it. */
export class PlainError extends Error {
  override name = 'PlainError';
}

/** Ends a command line program on `error`: one sentence where that says it all, else everything that is known. */
export function fail(error: unknown): never {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
