import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface ScriptedServer {
  origin: string;
  /** What came, in order. */
  requests: { headers: IncomingHttpHeaders; body: string }[];
  /** How many connections have been opened. */
  connections: () => number;
  /** Resolves when the first request has come. */
  asked: Promise<undefined>;
  /** Resolves when the first socket of a request has closed. */
  socketClosed: Promise<undefined>;
  close(): Promise<void>;
}

/** A server on loopback that answers each request with the next of the given functions, the last one for all others. */
export async function startScriptedServer(...answers: ((response: ServerResponse) => void)[]): Promise<ScriptedServer> {
  const requests: ScriptedServer['requests'] = [];
  const sockets = new Set<Socket>();
  /** Those that a request has come on. */
  const used = new WeakSet<Socket>();
  const asked = Promise.withResolvers<undefined>();
  const closed = Promise.withResolvers<undefined>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push({ headers: request.headers, body });
      used.add(request.socket);
      asked.resolve(undefined);
      answer?.(response);
    });
  });
  let connections = 0;
  server.on('connection', socket => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      if (used.has(socket)) closed.resolve(undefined);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connections: () => connections,
    asked: asked.promise,
    socketClosed: closed.promise,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
