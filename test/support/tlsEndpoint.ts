import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { NetworkSettings } from '../../src/core/transport/network.ts';
import type { NetworkQuestion } from './networkClient.ts';

const certificates = new URL('../../harness/certificates/', import.meta.url);
/** The authority that signed the endpoint's certificate. */
export const authority = fileURLToPath(new URL('authority.pem', certificates));
export const serverCertificate = {
  key: readFileSync(new URL('server.key', certificates)),
  cert: readFileSync(new URL('server.pem', certificates)),
};

export interface TlsEndpoint {
  port: number;
  /** The host header of every request, and the HTTP version that it came in. */
  hosts: string[];
  versions: string[];
  close(): void;
}

/** An endpoint on loopback behind a certificate of the tests' own, which offers HTTP/2 and HTTP/1.1. */
export async function startTlsEndpoint(): Promise<TlsEndpoint> {
  const hosts: string[] = [];
  const versions: string[] = [];
  const sockets = new Set<Socket>();
  const server = createSecureServer({ ...serverCertificate, allowHTTP1: true }, (request, response) => {
    hosts.push(request.headers.host ?? '');
    versions.push(request.httpVersion);
    response.end('hello through TLS');
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, hosts, versions, close };
}

const client = fileURLToPath(new URL('networkClient.ts', import.meta.url));
const source = fileURLToPath(new URL('../../src/core/transport/undiciTransport.ts', import.meta.url));

const children = new Map<string, ChildProcess>();

/**
 * In a process for this environment, which answers all its questions, one at a time: which certificates the system
 * trusts is read once in a process.
 */
export async function askInChild(
  settings: Partial<NetworkSettings>,
  env: Record<string, string> = {},
  url = 'https://endpoint.test/',
  module = source,
): Promise<string> {
  const environment = { PATH: process.env['PATH'], SSL_CERT_FILE: authority, ...env };
  const name = JSON.stringify([module, environment]);
  const child = children.get(name) ?? fork(client, [module], { env: environment });
  children.set(name, child);
  child.ref();
  child.channel?.ref();
  const answered = Promise.withResolvers<string>();
  const exited = (code: number | null): void => answered.reject(new Error(`The process ended with ${code}.`));
  child.once('message', answered.resolve).once('exit', exited);
  child.send({ url, settings } satisfies NetworkQuestion);
  try {
    return await answered.promise;
  } finally {
    child.off('exit', exited);
    // It ends with this process, which does not wait for it.
    child.unref();
    child.channel?.unref();
  }
}
