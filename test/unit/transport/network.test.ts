import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startProxy } from '../../support/proxyServer.ts';
import { askInChild as ask, serverCertificate, startTlsEndpoint } from '../../support/tlsEndpoint.ts';

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

test('an endpoint that offers HTTP/2 is spoken to in HTTP/1.1, proxy or not', async t => {
  const { endpoint, proxy } = await setUp(t);
  await ask({}, {}, `https://127.0.0.1:${endpoint.port}/`);
  await ask({ proxy: `http://127.0.0.1:${proxy.port}` });
  assert.deepEqual(endpoint.versions, ['1.1', '1.1']);
});

test('an authority that only the system trusts counts, unless the settings say otherwise', async t => {
  const { endpoint } = await setUp(t);
  const url = `https://127.0.0.1:${endpoint.port}/`;
  assert.equal(await ask({ systemCertificates: true }, {}, url), 'status 200: hello through TLS');
  assert.match(await ask({ systemCertificates: false }, {}, url), /^certificate: /);
});

test('a proxy behind a certificate is trusted by the same authorities', async t => {
  const { proxy } = await setUp(t, undefined, serverCertificate);
  const settings = { proxy: `https://localhost:${proxy.port}` };
  assert.equal(await ask(settings), 'status 200: hello through TLS');
  assert.match(await ask({ ...settings, systemCertificates: false }), /^certificate: /);
});

test('a loose check of certificates is for the proxy only: its own passes, the endpoint’s does not', async t => {
  const { proxy } = await setUp(t, undefined, serverCertificate);
  const settings = { proxy: `https://localhost:${proxy.port}`, strictProxyCertificate: false };
  const env = { SSL_CERT_FILE: '/dev/null' };
  assert.match(await ask({ ...settings, strictProxyCertificate: true }, env), /^certificate: /);
  assert.equal(proxy.tunnels.length, 0);
  assert.match(await ask(settings, env), /^certificate: /);
  assert.equal(proxy.tunnels.length, 1);
});

test('a proxy whose address is no URL is told as the proxy, and not what it says', async () => {
  assert.equal(await ask({ proxy: 'http://user:secret@:8080' }), 'proxy: The address of the proxy is not a URL.');
});

test('an authority that nobody trusts is refused, proxy or not', async t => {
  const { endpoint, proxy } = await setUp(t);
  const env = { SSL_CERT_FILE: '/dev/null' };
  assert.match(await ask({}, env, `https://127.0.0.1:${endpoint.port}/`), /^certificate: /);
  const loose = { proxy: `http://127.0.0.1:${proxy.port}`, strictProxyCertificate: false };
  assert.match(await ask(loose, env), /^certificate: /);
});

test('a proxy that wants a sign-in which the editor knows is told with the advice to take its network', async t => {
  const endpoint = await startTlsEndpoint();
  const proxy = await startProxy(endpoint.port, { credentials: 'nobody:knows', challenges: ['Negotiate', 'NTLM'] });
  t.after(async () => {
    await proxy.close();
    endpoint.close();
  });
  assert.equal(
    await ask({ proxy: `http://user:secret@127.0.0.1:${proxy.port}` }),
    'proxy: The proxy wants a sign-in (407): Negotiate, NTLM, try vscode',
  );
});

test('a proxy that lets nobody through is told as the proxy, whatever it calls that', async t => {
  const endpoint = await startTlsEndpoint();
  const proxy = await startProxy(endpoint.port, { status: 403 });
  t.after(async () => {
    await proxy.close();
    endpoint.close();
  });
  const answer = await ask({ proxy: `http://127.0.0.1:${proxy.port}` });
  assert.equal(answer, 'proxy: The proxy answered with status 403');
});

test('an unknown host comes with the same advice, unless proxies are switched off', async () => {
  assert.match(await ask({}), /^unreachable: .*, try vscode$/);
  assert.doesNotMatch(await ask({ proxy: '' }), /try vscode/);
});

async function setUp(t: TestContext, credentials?: string, certificate?: typeof serverCertificate) {
  const endpoint = await startTlsEndpoint();
  const proxy = await startProxy(endpoint.port, { credentials, certificate });
  t.after(async () => {
    await proxy.close();
    endpoint.close();
  });
  return { endpoint, proxy };
}
