import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after, test } from 'node:test';

let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'marginalia-bundle-'));
  execFileSync(process.execPath, ['esbuild.mjs', '--out', folder]);
});
after(() => rmSync(folder, { recursive: true }));

test('loading the network bundle leaves both of undici’s global dispatcher slots untouched', () => {
  const script = `
    const slots = [1, 2].map(n => Symbol.for('undici.globalDispatcher.' + n));
    const before = slots.map(slot => globalThis[slot]);
    const { createUndiciTransport } = require(${JSON.stringify(join(folder, 'transport.cjs'))});
    createUndiciTransport();
    console.log(JSON.stringify(slots.map((slot, n) => globalThis[slot] === before[n] && !(slot in globalThis))));`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), '[true,true]');
});

test('an error of the network bundle is known to the client, which is in another bundle', () => {
  const script = `
    const { createUndiciTransport } = require(${JSON.stringify(join(folder, 'transport.cjs'))});
    const request = { method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, signal: new AbortController().signal };
    createUndiciTransport().send(request).catch(async error => {
      const { isTransportError } = await import(${JSON.stringify(join(process.cwd(), 'src/core/messages/transport.ts'))});
      console.log(isTransportError(error), error.failure);
    });`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), 'true unreachable');
});

test('the control: undici as it comes does fill a slot', () => {
  const script = `require('undici'); console.log(Symbol.for('undici.globalDispatcher.2') in globalThis)`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), 'true');
});
