import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Faults } from '../../../harness/endpoint/faults.ts';
import { Output } from '../../../harness/endpoint/output.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const MEGABYTE = 'x'.repeat(1_000_000);

test('a client that reads nothing is not written to until it reads', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  const output = new Output(response, new Faults([]), new AbortController().signal);
  let written = 0;
  const writing = (async () => {
    for (; written < 100; written++) await output.write(MEGABYTE);
    await output.end();
  })();
  let writtenBefore: number;
  do {
    writtenBefore = written;
    for (let turn = 0; turn < 100; turn++) await turnOfLoop();
  } while (written !== writtenBefore);
  // What the operating system holds between the two ends is gone too, but that is some megabytes only.
  assert.ok(written < 50, `${written} megabytes`);
  client.resume();
  await writing;
  assert.equal(written, 100);
  server.close();
});

test('a write that waits for the client ends when the client leaves', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  const output = new Output(response, new Faults([]), leaving.signal);
  const writing = output.write(MEGABYTE.repeat(100));
  await turnOfLoop();
  client.destroy();
  await assert.rejects(writing, { name: 'AbortError' });
  server.close();
});
