import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { pinnedFiles } from '../../../src/core/mcp/pinnedFiles.ts';
import type { ServerLaunch } from '../../../src/core/mcp/serverConfig.ts';

const files = new Map(
  ['/srv/tools/server.mjs', '/srv/.env', '/srv/tools/a.json', '/other/.env', '/usr/bin/node', '/srvshop/x.mjs'].map(
    path => [path, `digest of ${path}`],
  ),
);

async function pinned(own: Partial<ServerLaunch & { kind: 'stdio' }>): Promise<string[]> {
  const launch: ServerLaunch = { kind: 'stdio', command: 'node', args: [], env: {}, ...own };
  const found = await pinnedFiles(launch, {
    variables: { workspaceFolder: '/srv', userHome: '/home', env: { NAME: 'server' } },
    inFolder: (path, folder) => resolve(folder ?? '/home', path),
    digestOf: path => Promise.resolve(files.get(path)),
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
    digestOf: () => assert.fail('read'),
  };
  assert.deepEqual(await pinnedFiles(http, ports), []);
});
