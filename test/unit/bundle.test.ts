import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after, test } from 'node:test';
import { bundledPackages } from '../../scripts/bundledPackages.ts';
import { startProxy } from '../support/proxyServer.ts';
import { askInChild, startTlsEndpoint } from '../support/tlsEndpoint.ts';

let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'marginalia-bundle-'));
  execFileSync(process.execPath, ['esbuild.mjs', '--out', folder]);
});
after(() => rmSync(folder, { recursive: true }));

test('the packages whose code ships are found, down to what they are made of, and in the lock file', () => {
  const found = bundledPackages(folder);
  const secretlint = ['@secretlint/core', '@secretlint/secretlint-rule-preset-recommend'];
  const view = ['@preact/signals', '@preact/signals-core', 'highlight.js', 'marked', 'preact', 'temml'];
  const expected = ['undici', '@modelcontextprotocol/client', ...secretlint, ...view];
  for (const name of expected) assert.ok(found.includes(`node_modules/${name}`), name);
  assert.equal(found.includes('node_modules/mocha'), false);
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, unknown> };
  assert.deepEqual(
    found.filter(name => !(name in lock.packages)),
    [],
  );
});

test('the licence of every package whose code ships goes along', () => {
  const text = readFileSync(join(folder, 'thirdPartyLicenses.txt'), 'utf8');
  const parts = text.split(`\n${'-'.repeat(80)}\n`);
  assert.equal(parts.length, bundledPackages(folder).length);
  const bare = parts.map(part => part.trim()).filter(part => !part.includes('\n'));
  assert.deepEqual(
    bare.map(part => part.replace(/ [\d.]+ /, ' ')),
    ['@cfworker/json-schema (MIT)'],
    'the only one that comes without its text',
  );
  assert.match(text, /undici \d+\.\d+\.\d+ \(MIT\)\n\nMIT License/);
});

test('loading the network bundle leaves both of undici’s global dispatcher slots untouched', () => {
  const script = `
    const slots = [1, 2].map(n => Symbol.for('undici.globalDispatcher.' + n));
    const before = slots.map(slot => globalThis[slot]);
    const { createUndiciTransport } = require(${JSON.stringify(join(folder, 'transport.cjs'))});
    createUndiciTransport().prepare('https://endpoint.test/');
    console.log(JSON.stringify(slots.map((slot, n) => globalThis[slot] === before[n] && !(slot in globalThis))));`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), '[true,true]');
});

test('an error of the network bundle is known to the client, which is in another bundle', () => {
  const script = `
    const { createUndiciTransport } = require(${JSON.stringify(join(folder, 'transport.cjs'))});
    const request = { method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, signal: new AbortController().signal };
    createUndiciTransport().send(request).catch(async error => {
      const { isTransportError } = await import(${JSON.stringify(join(process.cwd(), 'src/core/transport/transport.ts'))});
      console.log(isTransportError(error), error.failure);
    });`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), 'true unreachable');
});

test('the parts of undici that are bundled reach an endpoint directly and through a proxy', async t => {
  const endpoint = await startTlsEndpoint();
  const proxy = await startProxy(endpoint.port);
  t.after(async () => {
    await proxy.close();
    endpoint.close();
  });
  const bundled = join(folder, 'transport.cjs');
  const direct = `https://127.0.0.1:${endpoint.port}/`;
  assert.equal(await askInChild({}, {}, direct, bundled), 'status 200: hello through TLS');
  const settings = { proxy: `http://127.0.0.1:${proxy.port}` };
  assert.equal(await askInChild(settings, {}, undefined, bundled), 'status 200: hello through TLS');
  assert.equal(proxy.tunnels.length, 1);
});

test('the control: undici as it comes does fill a slot', () => {
  const script = `require('undici'); console.log(Symbol.for('undici.globalDispatcher.2') in globalThis)`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), 'true');
});

test('the editor that ends waits for the host to have closed', () => {
  const apart = join(folder, 'apart');
  mkdirSync(apart);
  copyFileSync(join(folder, 'extension.cjs'), join(apart, 'extension.cjs'));
  writeFileSync(
    join(apart, 'host.cjs'),
    `exports.startHost = () => ({
      run: () => undefined,
      close: () => new Promise(resolve => setImmediate(() => resolve(console.log('closed')))),
    });`,
  );
  const script = `
    const module_ = require('node:module');
    const load = module_._load;
    const commands = [];
    const registered = { dispose: () => undefined };
    const editor = {
      commands: { registerCommand: (id, run) => (commands.push(run), registered) },
      window: { registerWebviewViewProvider: () => registered, registerWebviewPanelSerializer: () => registered },
    };
    module_._load = (name, ...others) => (name === 'vscode' ? editor : load(name, ...others));
    const { activate, deactivate } = require(${JSON.stringify(join(apart, 'extension.cjs'))});
    const subscriptions = [];
    activate({ subscriptions });
    void (async () => {
      await commands[0]();
      await deactivate();
      console.log('ended');
      for (const { dispose } of subscriptions) dispose();
    })();`;
  assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }), 'closed\nended\n');
});
