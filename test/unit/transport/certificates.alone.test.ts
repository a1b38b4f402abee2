import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import { beforeEach, test } from 'node:test';
import tls from 'node:tls';
import { createUndiciTransport } from '../../../src/core/transport/undiciTransport.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';

const { getCACertificates, createSecureContext } = tls;
let reads = 0;
let trusted: tls.SecureContextOptions['ca'];
tls.getCACertificates = type => {
  reads++;
  return getCACertificates(type);
};
tls.createSecureContext = options => {
  trusted = options?.ca;
  return createSecureContext(options);
};
syncBuiltinESMExports();
beforeEach(() => {
  reads = 0;
});

// In this order: the process reads once.
test('a request over plain http reads no certificates', async t => {
  const server = await startScriptedServer(response => response.end('hello'));
  t.after(() => server.close());
  const transport = createUndiciTransport();
  const { body } = await transport.send({
    method: 'GET',
    url: server.origin,
    headers: {},
    signal: new AbortController().signal,
  });
  for await (const chunk of body) assert.equal(Buffer.from(chunk).toString(), 'hello');
  await transport.close();
  assert.equal(reads, 0);
});

test('settings without the system’s certificates read none', () => {
  createUndiciTransport({ systemCertificates: false }).prepare('https://endpoint.test/');
  assert.equal(reads, 0);
});

test('all connections of a process share one reading, each certificate once', () => {
  createUndiciTransport().prepare('https://endpoint.test/');
  assert.equal(reads, 2);
  assert.ok(Array.isArray(trusted));
  assert.ok(trusted.length > 0);
  assert.equal(new Set(trusted).size, trusted.length);
  for (const store of ['default', 'system'] as const) {
    assert.ok(getCACertificates(store).every(certificate => Array.isArray(trusted) && trusted.includes(certificate)));
  }
  createUndiciTransport({ proxy: 'http://proxy.test:1' }).prepare('https://endpoint.test/');
  createUndiciTransport().prepare('https://127.0.0.1/');
  assert.equal(reads, 2);
});
