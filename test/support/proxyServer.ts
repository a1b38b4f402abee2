import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ProxyServer {
  port: number;
  /** What was asked of it: `CONNECT host:port` lines, in order. */
  tunnels: string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** `user:password`; everybody else is refused with 407. */
  credentials?: string | undefined;
  /** The status that it answers everybody with. */
  status?: number | undefined;
  /** What it offers with a 407. */
  challenges?: string[];
  /** Spoken to over TLS. */
  certificate?: { key: Buffer; cert: Buffer } | undefined;
}

/**
 * A forward proxy on loopback. Whatever host a tunnel names, it leads to `target`: the names of the tests resolve
 * nowhere.
 */
export async function startProxy(target: number, options: ProxyOptions = {}): Promise<ProxyServer> {
  const { credentials, status, challenges = ['Basic realm="test"'], certificate } = options;
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const refuse = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(400).end();
  };
  const server = certificate ? createSecureServer(certificate, refuse) : createServer(refuse);
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    tunnels.push(`CONNECT ${request.url ?? ''}`);
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (expected && request.headers['proxy-authorization'] !== expected) {
      const offers = challenges.map(challenge => `proxy-authenticate: ${challenge}\r\n`).join('');
      client.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${offers}\r\n`);
      return;
    }
    const upstream = keep(connect(target, '127.0.0.1'));
    upstream.on('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
