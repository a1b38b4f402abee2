import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes what a browser brings back from a page that it was sent to. */
export interface RedirectListener {
  /** On this machine. */
  url: string;
  /** Resolves with the query of the first redirect that brings the state; others are turned away. */
  comesBack: (signal: AbortSignal) => Promise<URLSearchParams>;
  close: () => void;
}

/**
 * Listens on the loopback address, at `port` where that is free. `text` is what the browser then shows: plain text, as nothing of it
 * is to be a page.
 */
export async function listenForRedirect(port: number, state: string, text: string): Promise<RedirectListener> {
  const brought = Promise.withResolvers<URLSearchParams>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isIt = request.method === 'GET' && pathname === '/callback' && searchParams.get('state') === state;
    if (!isIt) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(text);
    brought.resolve(searchParams);
  });
  const taken = await listen(server, port).catch(() => listen(server, 0));
  return {
    url: `http://127.0.0.1:${taken}/callback`,
    comesBack: signal => Promise.race([brought.promise, rejectsWith(signal)]),
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function rejectsWith(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
