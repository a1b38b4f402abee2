/** Settles as `work` does, or rejects as soon as the signal says so: not everything that runs listens to one. */
export async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new Aborted());
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    // Nobody hears of it any more.
    work.catch(() => undefined);
    aborted.promise.catch(() => undefined);
  }
}

/** The user has stopped what was waited for. */
export class Aborted extends Error {}
