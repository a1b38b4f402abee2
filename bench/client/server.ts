/**
 * The endpoint of the client benchmark, a process of its own: `node server.ts`. Prints its origins, over http and over TLS, on the first line.
 * `POST /<case>/v1/messages` answers with a case's stream; two more have times in them, which compare across processes
 * since the clock is the machine's:
 * - `first`: the first delta's text is the time at which it was written; the rest follows later.
 * - `slow`: a delta every few milliseconds until the client hangs up; `GET /closed` then answers with the time.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCase, onTheWire, type StreamCase, textAnswer } from './cases.ts';

/** Made before the first request, so that none is measured while this process is busy. */
const cases = new Map<string, StreamCase>(Object.entries(makeCase).map(([name, make]) => [name, make()]));
let closedAt = Promise.withResolvers<bigint>();

function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume().on('end', () => {
    const name = (request.url ?? '').split('/')[1] ?? '';
    if (name === 'closed') {
      void closedAt.promise.then(time => response.end(String(time)));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (name === 'first') sendFirst(response);
    else if (name === 'slow') sendSlowly(response);
    else void sendCase(response, caseNamed(name));
  });
}

const certificates = new URL('../../harness/certificates/', import.meta.url);
const [key, cert] = ['server.key', 'server.pem'].map(name => readFileSync(new URL(name, certificates)));
const ports = [];
for (const server of [createServer(answer), createSecureServer({ key, cert }, answer)]) {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ports.push((server.address() as AddressInfo).port);
}
console.log(`http://127.0.0.1:${ports[0]} https://127.0.0.1:${ports[1]}`);

function caseNamed(name: string): StreamCase {
  const known = cases.get(name);
  if (!known) throw new Error(`No case is called ${name}`);
  return known;
}

async function sendCase(response: ServerResponse, { body, writeBytes }: StreamCase): Promise<void> {
  response.socket?.setNoDelay(true);
  for (let start = 0; start < body.length; start += writeBytes) {
    const flowing = response.write(body.subarray(start, start + writeBytes));
    await new Promise<void>(resolve => {
      if (flowing) setImmediate(resolve);
      else response.once('drain', resolve);
    });
    if (response.destroyed) return;
  }
  response.end();
}

function sendFirst(response: ServerResponse): void {
  const events = textAnswer([String(process.hrtime.bigint()), 'later']);
  response.write(onTheWire(events.slice(0, 3)));
  setTimeout(() => response.end(onTheWire(events.slice(3))), 5);
}

function sendSlowly(response: ServerResponse): void {
  const closed = Promise.withResolvers<bigint>();
  closedAt = closed;
  const events = textAnswer(['tick ']);
  response.write(onTheWire(events.slice(0, 2)));
  const delta = onTheWire(events.slice(2, 3));
  const timer = setInterval(() => response.write(delta), 3);
  response.socket?.once('close', () => {
    clearInterval(timer);
    closed.resolve(process.hrtime.bigint());
  });
}
