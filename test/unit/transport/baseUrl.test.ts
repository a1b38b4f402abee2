import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBaseUrl, suggestBaseUrl } from '../../../src/core/transport/baseUrl.ts';
import { environmentKey, keyProblem, secretName } from '../../../src/core/endpoint/keySource.ts';

test('every usual way to paste an address names the same endpoint', () => {
  for (const pasted of [
    'https://api.apimart.ai',
    ' https://api.apimart.ai/ ',
    'https://api.apimart.ai/v1',
    'https://api.apimart.ai/v1/',
    'https://api.apimart.ai/v1/messages',
    'api.apimart.ai',
    'HTTPS://API.APIMART.AI/v1/messages/',
    '"https://api.apimart.ai/v1"',
    '<https://api.apimart.ai>,\n',
    '\u200b`api.apimart.ai//v1//messages`',
    'https://api.apimart.ai/v1/v1/messages',
    'https://api.apimart.ai/v1/messages/count_tokens',
    'https://api.apimart.ai/v1/models',
    'https://api.apimart.ai/v1/chat/completions',
  ]) {
    const parsed = parseBaseUrl(pasted);
    assert.ok(parsed.ok, pasted);
    assert.equal(parsed.messagesUrl, 'https://api.apimart.ai/v1/messages', pasted);
    assert.equal(parsed.modelsUrl, 'https://api.apimart.ai/v1/models', pasted);
    assert.equal(parsed.tidy, 'https://api.apimart.ai', pasted);
    assert.equal(parsed.origin, 'https://api.apimart.ai', pasted);
  }
});

test('a path before /v1 is kept', () => {
  const parsed = parseBaseUrl('https://relay.example/anthropic/v1');
  assert.ok(parsed.ok);
  assert.equal(parsed.messagesUrl, 'https://relay.example/anthropic/v1/messages');
});

test('plain http is taken on loopback only', () => {
  for (const loopback of ['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9']) {
    assert.ok(parseBaseUrl(loopback).ok, loopback);
  }
  for (const open of [
    'http://api.apimart.ai',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'ftp://localhost',
    'file:///etc',
  ]) {
    assert.deepEqual(parseBaseUrl(open), { ok: false, refusal: 'notHttps' }, open);
  }
});

test('what is no usable address is refused with its reason', () => {
  assert.deepEqual(parseBaseUrl('  '), { ok: false, refusal: 'empty' });
  assert.deepEqual(parseBaseUrl('https://'), { ok: false, refusal: 'notAUrl' });
  assert.deepEqual(parseBaseUrl('https://user:pw@host'), { ok: false, refusal: 'hasCredentials' });
  assert.deepEqual(parseBaseUrl('https://host/?key=1'), { ok: false, refusal: 'hasQuery' });
});

const suggestions: [pasted: string, meant: string | undefined][] = [
  ['http://relay.example/v1/messages', 'https://relay.example'],
  ['https://user:pw@relay.example/anthropic/v1', 'https://relay.example/anthropic'],
  ['https://relay.example/v1?key=1#top', 'https://relay.example'],
  ['"https://relay.example/"', 'https://relay.example'],
  ['http://localhost:8080/v1', 'http://localhost:8080'],
  ['ftp://relay.example', undefined],
  ['https://', undefined],
  ['', undefined],
];

for (const [pasted, meant] of suggestions) {
  test(`of ${pasted || 'nothing'} ${meant ?? 'nothing'} was probably meant`, () => {
    assert.equal(suggestBaseUrl(pasted), meant);
  });
}

test('the key from the environment goes where it was meant to go', () => {
  const env = { ANTHROPIC_API_KEY: 'sk-ant', MARGINALIA_API_KEY: undefined };
  assert.equal(environmentKey('https://api.anthropic.com', env), 'sk-ant');
  assert.equal(environmentKey('https://api.apimart.ai', env), undefined);
  assert.equal(environmentKey('https://api.anthropic.com.evil.example', env), undefined);
  assert.equal(environmentKey('https://api.apimart.ai', { ...env, MARGINALIA_API_KEY: ' own ' }), 'own');
});

test('keys of two origins have two names', () => {
  assert.notEqual(secretName('https://a.example'), secretName('https://b.example'));
});

test('a pasted key is checked for what a header can hold', () => {
  assert.equal(keyProblem(' sk-ok \n'), undefined);
  assert.equal(keyProblem('   '), 'empty');
  assert.equal(keyProblem('sk a'), 'hasSpaces');
  assert.equal(keyProblem('sk-ключ'), 'notAscii');
});
