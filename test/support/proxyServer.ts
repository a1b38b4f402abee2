import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ProxyServer {
  port: number;
  /** What was asked of it: `CONNECT host:port` lines, in order. */
  tunnels: string[];
  close(): Promise<void>;
}

/**
 * A forward proxy on loopback. Whatever host a tunnel names, it leads to `target`: the names of the tests resolve
 * nowhere. With `credentials` (`user:password`) it refuses everybody else with 407.
 */
export async function startProxy(target: number, credentials?: string): Promise<ProxyServer> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(400).end();
  });
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    tunnels.push(`CONNECT ${request.url ?? ''}`);
    const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (expected && request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="test"\r\n\r\n');
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
