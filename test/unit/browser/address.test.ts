import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from '../../../src/core/browser/address.ts';

test('what is on this machine is told from what is not, by what browsers ask nobody about', () => {
  const here = [
    'http://localhost:3000/a',
    'localhost:3000',
    'https://app.localhost/',
    'http://127.1:8080',
    '[::1]:5173/x',
  ];
  const elsewhere = [
    'https://example.com',
    'example.com/localhost',
    'http://localhost.example.com',
    'http://127.0.0.1.nip.io',
    'http://0.0.0.0:3000',
    'http://192.168.0.1',
    'http://2130706433.example',
  ];
  for (const text of here) assert.equal(parseAddress(text)?.isLoopback, true, text);
  for (const text of elsewhere) assert.equal(parseAddress(text)?.isLoopback, false, text);
  assert.equal(parseAddress('http://2130706433/')?.origin, 'http://127.0.0.1', 'as the browser reads it');
});

test('only addresses of web pages are addresses, and none hides its host behind a name', () => {
  const wrong = [
    '',
    'file:///etc/passwd',
    'chrome://settings',
    'data:text/html,x',
    'javascript:alert(1)',
    'about:blank',
    'view-source:http://localhost',
    'ftp://localhost',
    'http://localhost@example.com',
    'http://',
  ];
  for (const text of wrong) assert.equal(parseAddress(text), undefined, text);
});
