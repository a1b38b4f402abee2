import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { NetworkSettings } from '../../../src/core/messages/network.ts';
import { startProxy } from '../../support/proxyServer.ts';

const certificates = new URL('../../support/certificates/', import.meta.url);
const authority = fileURLToPath(new URL('authority.pem', certificates));

test('an endpoint behind a proxy is reached through it, by name', async t => {
  const { endpoint, proxy } = await setUp(t);
  assert.equal(await ask({ proxy: `http://127.0.0.1:${proxy.port}` }), 'status 200: hello through TLS');
  assert.deepEqual(proxy.tunnels, ['CONNECT endpoint.test:443']);
  assert.deepEqual(endpoint.hosts, ['endpoint.test']);
});

test('a proxy that wants a password gets the one in its address', async t => {
  const { proxy } = await setUp(t, 'user:p w');
  assert.equal(await ask({ proxy: `http://user:p%20w@127.0.0.1:${proxy.port}` }), 'status 200: hello through TLS');
});

test('a proxy that wants a password gets the header of the settings', async t => {
  const { proxy } = await setUp(t, 'user:secret');
  const proxyAuthorization = `Basic ${Buffer.from('user:secret').toString('base64')}`;
  assert.equal(
    await ask({ proxy: `http://127.0.0.1:${proxy.port}`, proxyAuthorization }),
    'status 200: hello through TLS',
  );
});

test('a proxy that refuses is told as the proxy, and the endpoint hears nothing', async t => {
  const { endpoint, proxy } = await setUp(t, 'user:secret');
  assert.match(await ask({ proxy: `http://127.0.0.1:${proxy.port}` }), /^proxy: .*407/);
  assert.deepEqual(endpoint.hosts, []);
});

test('the environment names the proxy where the settings do not', async t => {
  const { proxy } = await setUp(t);
  const HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
  assert.equal(await ask({}, { HTTPS_PROXY }), 'status 200: hello through TLS');
  assert.match(await ask({}, { HTTPS_PROXY, NO_PROXY: 'endpoint.test' }), /^unreachable: /);
  assert.match(await ask({ noProxy: 'endpoint.test' }, { HTTPS_PROXY }), /^unreachable: /);
  assert.match(await ask({ proxy: '' }, { HTTPS_PROXY }), /^unreachable: /);
  assert.equal(proxy.tunnels.length, 1);
});

test('this machine is reached directly, whatever proxy is set', async t => {
  const { endpoint, proxy } = await setUp(t);
  const url = `https://127.0.0.1:${endpoint.port}/`;
  assert.equal(await ask({ proxy: `http://127.0.0.1:${proxy.port}` }, {}, url), 'status 200: hello through TLS');
  assert.deepEqual(proxy.tunnels, []);
});

test('an authority that only the system trusts counts, unless the settings say otherwise', async t => {
  const { endpoint } = await setUp(t);
  const url = `https://127.0.0.1:${endpoint.port}/`;
  assert.equal(await ask({ systemCertificates: true }, {}, url), 'status 200: hello through TLS');
  assert.match(await ask({ systemCertificates: false }, {}, url), /^certificate: /);
});

test('an authority that nobody trusts is refused, proxy or not', async t => {
  const { endpoint, proxy } = await setUp(t);
  const env = { SSL_CERT_FILE: '/dev/null' };
  assert.match(await ask({}, env, `https://127.0.0.1:${endpoint.port}/`), /^certificate: /);
  const loose = { proxy: `http://127.0.0.1:${proxy.port}`, strictProxyCertificate: false };
  assert.match(await ask(loose, env), /^certificate: /);
});

async function setUp(t: TestContext, credentials?: string) {
  const hosts: string[] = [];
  const options = {
    key: readFileSync(new URL('server.key', certificates)),
    cert: readFileSync(new URL('server.pem', certificates)),
  };
  const server = createServer(options, (request, response) => {
    hosts.push(request.headers.host ?? '');
    response.end('hello through TLS');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await startProxy(port, credentials);
  t.after(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: { port, hosts }, proxy };
}

/** In a process of its own: which certificates the system trusts and the proxies of the environment are read once. */
async function ask(
  settings: Partial<NetworkSettings>,
  env: Record<string, string> = {},
  url = 'https://endpoint.test/',
): Promise<string> {
  const client = fileURLToPath(new URL('../../support/networkClient.ts', import.meta.url));
  const clean = { PATH: process.env['PATH'], SSL_CERT_FILE: authority, ...env };
  const { stdout } = await promisify(execFile)(process.execPath, [client, url, JSON.stringify(settings)], {
    env: clean,
  });
  return stdout.trim();
}
