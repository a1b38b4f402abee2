import { subscribe, unsubscribe } from 'node:diagnostics_channel';

interface Published {
  request: object;
}

const moments = new WeakMap<object, (atMs: number) => void>();
let isListening = false;

/**
 * Runs `start`, which hands one request to undici, and tells `sent` the moment at which it went onto a connection, on
 * the clock of `performance.now()`: whatever came before was name, connection, proxy and TLS. undici has no callback for
 * it; the request is known by being the first that is made while `start` runs.
 */
export function noticeSending<Result>(start: () => Result, sent: (atMs: number) => void): Result {
  listen();
  let isFirst = true;
  const made = (message: unknown): void => {
    if (isFirst) moments.set((message as Published).request, sent);
    isFirst = false;
  };
  subscribe('undici:request:create', made);
  try {
    return start();
  } finally {
    unsubscribe('undici:request:create', made);
  }
}

/** Once: requests of others pass by unknown. */
function listen(): void {
  if (isListening) return;
  isListening = true;
  subscribe('undici:client:sendHeaders', message => moments.get((message as Published).request)?.(performance.now()));
}
