import { parentPort } from 'node:worker_threads';
import { type Calls, type ThreadCall, type ThreadReply, toThreadError } from './threadCalls.ts';

/** Answers in this thread what `CallsOnThread` asks in another; ends it behind the call named `close`. */
export function answerCalls(calls: Calls): void {
  parentPort?.on('message', (call: ThreadCall) => void answer(calls, call));
}

/** Says what nobody has asked for. */
export function tellNews(news: unknown): void {
  say({ kind: 'news', news });
}

async function answer(calls: Calls, { id, name, args }: ThreadCall): Promise<void> {
  const call = calls[name] as ((...args: unknown[]) => unknown) | undefined;
  try {
    say({ kind: 'done', id, value: await call?.(...args) });
  } catch (error) {
    say({ kind: 'threw', id, error: toThreadError(error) });
  }
  // Nothing is left to wait for: the thread ends by itself.
  if (name === 'close') parentPort?.close();
}

function say(reply: ThreadReply<unknown>): void {
  parentPort?.postMessage(reply);
}
