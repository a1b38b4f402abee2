import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { serverFiles } from '../../../src/core/mcp/serverFiles.ts';
import type { ServerLaunch } from '../../../src/core/mcp/serverConfig.ts';
import type { LookedAt } from '../../../src/core/process/pinnedFiles.ts';

const files = new Map(
  ['/srv/tools/server.mjs', '/srv/.env', '/srv/tools/a.json', '/other/.env', '/usr/bin/node', '/srvshop/x.mjs'].map(
    path => [path, `digest of ${path}`],
  ),
);

const texts = new Map<string, string>();

function lookAt(path: string): LookedAt | undefined {
  const text = texts.get(path);
  const digest = text === undefined ? files.get(path) : `digest of ${path}`;
  return digest === undefined ? undefined : { digest, ...(text !== undefined && { text }) };
}

async function pinned(own: Partial<ServerLaunch & { kind: 'stdio' }>): Promise<string[]> {
  const launch: ServerLaunch = { kind: 'stdio', command: 'node', args: [], env: {}, ...own };
  const { files: found } = await serverFiles(launch, {
    variables: { workspaceFolder: '/srv', userHome: '/home', env: { NAME: 'server' } },
    inFolder: (path, folder) => resolve(folder, path),
    look: path => Promise.resolve(lookAt(path)),
  });
  assert.ok(found.every(({ digest, path }) => digest.endsWith(path)));
  return found.map(({ path }) => path);
}

test('the file of variables is covered, wherever it is', async () => {
  assert.deepEqual(await pinned({ envFile: '.env' }), ['.env']);
  assert.deepEqual(await pinned({ envFile: '${workspaceFolder}/.env' }), ['.env']);
  assert.deepEqual(await pinned({ envFile: '../other/.env' }), ['/other/.env']);
  assert.deepEqual(await pinned({ envFile: 'missing.env' }), []);
});

test('files of the folder that the command names are covered, however they are named', async () => {
  assert.deepEqual(await pinned({ args: ['tools/server.mjs'] }), ['tools/server.mjs']);
  assert.deepEqual(await pinned({ args: ['./tools/../tools/server.mjs', 'tools/server.mjs'] }), ['tools/server.mjs']);
  assert.deepEqual(await pinned({ command: './tools/server.mjs' }), ['tools/server.mjs']);
  assert.deepEqual(await pinned({ args: ['${workspaceFolder}/tools/${env:NAME}.mjs'] }), ['tools/server.mjs']);
  assert.deepEqual(await pinned({ args: ['--config=tools/a.json'] }), ['tools/a.json']);
  assert.deepEqual(await pinned({ args: ['server.mjs'], cwd: 'tools' }), ['tools/server.mjs']);
  assert.deepEqual(await pinned({ args: ['${workspaceFolder}/tools/server.mjs', '${input:key}'] }), [
    'tools/server.mjs',
  ]);
  assert.deepEqual(await pinned({ command: 'sh', args: ['-c', 'cd .; node "tools/server.mjs" --a'] }), [
    'tools/server.mjs',
  ]);
});

test('what is elsewhere, is no file, or is reached over HTTP is not', async () => {
  assert.deepEqual(await pinned({ command: '/usr/bin/node', args: ['-y', 'tools', '../srvshop/x.mjs'] }), []);
  const http: ServerLaunch = { kind: 'http', url: 'https://docs.example/mcp', headers: {} };
  const ports = {
    variables: { workspaceFolder: '/srv', userHome: '/home', env: {} },
    inFolder: (path: string) => path,
    look: () => assert.fail('read'),
  };
  assert.deepEqual(await serverFiles(http, ports), { files: [] });
});

test('what a script imports from the folder by a relative path is covered, and that in turn', async t => {
  t.after(() => texts.clear());
  const written = {
    'tools/run.mjs':
      "import { a } from './lib/a.js';\nimport './side.mjs';\nimport fs from 'node:fs';\nimport x from '../../other/x.mjs';",
    'tools/lib/a.ts': "export * from './b';\nconst c = require(\"../c\"); import('./run.mjs');",
    'tools/lib/b/index.ts': "import '../../run.mjs';",
    'tools/c.json': '{}',
    'tools/side.mjs': '',
    'tools/not.mjs': '',
  };
  for (const [path, text] of Object.entries(written)) texts.set(`/srv/${path}`, text);
  texts.set('/other/x.mjs', '');
  assert.deepEqual(await pinned({ args: ['tools/run.mjs'] }), [
    'tools/run.mjs',
    'tools/lib/a.ts',
    'tools/side.mjs',
    'tools/lib/b/index.ts',
    'tools/c.json',
  ]);
});

test('of Python it is the modules beside it, and the packages that lead to them', async t => {
  t.after(() => texts.clear());
  const written = {
    'run.py': 'import os, helpers as h\nfrom lib.deep import (one, two)\nfrom . import beside  # import no\n',
    'helpers.py': '',
    'lib/__init__.py': '',
    'lib/deep/__init__.py': 'from ..up import x',
    'lib/deep/one.py': '',
    'lib/up.py': '',
    'beside.py': '',
    'no.py': '',
  };
  for (const [path, text] of Object.entries(written)) texts.set(`/srv/${path}`, text);
  const found = await pinned({ command: 'python3', args: ['run.py'] });
  assert.deepEqual(
    found.sort(),
    Object.keys(written)
      .filter(path => path !== 'no.py')
      .sort(),
  );
});
