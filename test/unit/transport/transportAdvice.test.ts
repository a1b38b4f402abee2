import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFetchTransport } from '../../../src/core/transport/fetchTransport.ts';
import { defaultNetwork } from '../../../src/core/transport/network.ts';
import { errorFromTransport } from '../../../src/core/messages/problems.ts';
import { isTransportError } from '../../../src/core/transport/transport.ts';
import {
  type FailedConnection,
  proxyOfEnvironment,
  suggestTransport,
} from '../../../src/core/transport/transportAdvice.ts';
import type { TransportKind } from '../../../src/shared/problem.ts';

const failed = (changes: Partial<FailedConnection>): FailedConnection => ({
  transport: 'undici',
  url: 'https://api.example.test/v1/messages',
  failure: 'unreachable',
  code: 'ENOTFOUND',
  proxyChallenges: [],
  settings: { systemCertificates: true },
  environmentProxy: undefined,
  ...changes,
});
const proxy = 'http://proxy.test:8080';
const refusal = (...proxyChallenges: string[]) => ({ failure: 'proxy', code: '', proxyChallenges }) as const;
const unknownIssuer = { failure: 'certificate', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } as const;
const inEditor = { transport: 'vscode' } as const;

const table: [what: string, changes: Partial<FailedConnection>, suggested: TransportKind | undefined][] = [
  ['a name that is not found where no proxy is known', {}, 'vscode'],
  ['this machine', { url: 'http://127.0.0.1:80/', code: 'ECONNREFUSED' }, undefined],
  ['a proxy that is set and not found', { settings: { proxy, systemCertificates: true } }, undefined],
  ['a proxy of the environment that is not found', { environmentProxy: proxy }, undefined],
  ['proxies that are switched off', { settings: { proxy: '', systemCertificates: true } }, undefined],
  ['a proxy that wants Kerberos', refusal('Negotiate'), 'vscode'],
  ['a proxy that wants NTLM', refusal('Basic realm="x"', 'NTLM'), 'vscode'],
  ['a proxy that wants a password that is not set', refusal('Basic realm="x"'), 'vscode'],
  [
    'a proxy that refuses the password of the settings',
    { ...refusal('Basic realm="x"'), settings: { proxy: 'http://u:p@proxy.test', systemCertificates: true } },
    undefined,
  ],
  [
    'a proxy that refuses the header of the settings',
    { ...refusal('Basic'), settings: { proxy, proxyAuthorization: 'Basic x', systemCertificates: true } },
    undefined,
  ],
  ['a proxy that wants what nobody knows', refusal('Digest realm="x"'), undefined],
  ['a proxy that refuses without a reason', refusal(), undefined],
  ['an authority that is not known', unknownIssuer, 'vscode'],
  ['an expired certificate', { ...unknownIssuer, code: 'CERT_HAS_EXPIRED' }, undefined],
  ['a certificate of another host', { ...unknownIssuer, code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, undefined],
  ['system certificates that are not wanted', { ...unknownIssuer, settings: { systemCertificates: false } }, undefined],
  ['a timeout', { failure: 'timeout', code: 'UND_ERR_HEADERS_TIMEOUT' }, undefined],
  ['a lost connection', { failure: 'connectionLost', code: 'ECONNRESET' }, undefined],
  ['the editor, which passes the proxy by', { ...inEditor, environmentProxy: proxy }, 'undici'],
  ['the editor, and no proxy', inEditor, undefined],
  ['the editor, and an authority that it does not know', { ...inEditor, ...unknownIssuer }, 'undici'],
  ['the editor, refused by the proxy', { ...inEditor, ...refusal('Negotiate'), environmentProxy: proxy }, undefined],
];

for (const [what, changes, suggested] of table) {
  test(`${what}: ${suggested ? `${suggested} may get through` : 'no other transport helps'}`, () => {
    assert.equal(suggestTransport(failed(changes)), suggested);
  });
}

test('the environment’s proxy is the one for https', () => {
  assert.equal(proxyOfEnvironment({ HTTP_PROXY: 'http://a', HTTPS_PROXY: 'http://b' }), 'http://b');
  assert.equal(proxyOfEnvironment({ https_proxy: '', HTTP_PROXY: 'http://a' }), 'http://a');
  assert.equal(proxyOfEnvironment({}), undefined);
});

test('what the editor’s fetch throws comes with the advice, up to the problem', async () => {
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  const fails = () => Promise.reject(new TypeError('fetch failed', { cause }));
  const transport = createFetchTransport(fails, { ...defaultNetwork, proxy });
  const request = { method: 'GET', url: 'https://api.example.test/', headers: {} } as const;
  await assert.rejects(transport.send({ ...request, signal: new AbortController().signal }), error => {
    assert.ok(isTransportError(error));
    assert.equal(errorFromTransport(error).problem.suggestsTransport, 'undici');
    return true;
  });
});
