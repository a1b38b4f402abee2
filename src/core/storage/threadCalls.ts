/** What is asked of a store in a thread of its own. */
export interface ThreadCall {
  id: number;
  name: string;
  args: unknown[];
}

/** What it says: the answer to a call, or a piece of news that nobody has asked for. */
export type ThreadReply<News> =
  | { kind: 'done'; id: number; value: unknown }
  | { kind: 'threw'; id: number; error: ThreadError }
  | { kind: 'news'; news: News };

/** An error that passes from one thread to another: copied as it is, it would lose SQLite's code. */
export interface ThreadError {
  message: string;
  errcode?: number;
}

/** Calls by their names, with what can pass from one thread to another. The one named `close` is the last. */
export type Calls = Record<string, (...args: never[]) => unknown>;

export function toThreadError(error: unknown): ThreadError {
  const message = error instanceof Error ? error.message : String(error);
  const hasCode = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return { message, ...(hasCode && { errcode: error.errcode as number }) };
}

export function fromThreadError({ message, errcode }: ThreadError): Error {
  return Object.assign(new Error(message), errcode !== undefined && { errcode });
}
