import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServersFile, parseServersSetting } from '../../../src/core/mcp/parseServers.ts';
import type { ConfigProblem } from '../../../src/core/mcp/serverConfig.ts';

test('a file gives its servers as they are written, with comments and commas between', () => {
  const { servers, inputs, problems } = parseServersFile(`{
    // what the team uses
    "inputs": [{ "type": "promptString", "id": "key", "description": "Key of the tracker", "password": true }],
    "servers": {
      "docs": {
        "command": "node",
        "args": ["\${workspaceFolder}/docs.js", 8080],
        "env": { "LEVEL": "debug", "PORT": 1, "DISPLAY": null },
        "envFile": ".env.docs",
        "cwd": "tools",
      },
      "tracker": {
        "type": "http",
        "url": "https://tracker.test:\${env:PORT}/mcp",
        "headers": { "Authorization": "Bearer \${input:key}" },
      },
    },
  }`);
  assert.deepEqual(problems, []);
  assert.deepEqual(servers, [
    {
      name: 'docs',
      launch: {
        kind: 'stdio',
        command: 'node',
        args: ['${workspaceFolder}/docs.js', '8080'],
        env: { LEVEL: 'debug', PORT: '1', DISPLAY: null },
        envFile: '.env.docs',
        cwd: 'tools',
      },
    },
    {
      name: 'tracker',
      launch: {
        kind: 'http',
        url: 'https://tracker.test:${env:PORT}/mcp',
        headers: { Authorization: 'Bearer ${input:key}' },
      },
    },
  ]);
  assert.deepEqual(inputs, [{ id: 'key', description: 'Key of the tracker', isPassword: true, preset: '' }]);
});

test('what is wrong is named with its place, and costs only the server that it is in', () => {
  const cases: [unknown, ConfigProblem][] = [
    [{}, { path: 'servers.a', kind: 'noLaunch' }],
    ['node', { path: 'servers.a', kind: 'notObject' }],
    [{ command: 1 }, { path: 'servers.a.command', kind: 'notText' }],
    [
      { command: 'a', url: 'https://b.test' },
      { path: 'servers.a', kind: 'twoLaunches' },
    ],
    [
      { type: 'pipe', command: 'a' },
      { path: 'servers.a.type', kind: 'badType' },
    ],
    [
      { command: 'a', args: 'b' },
      { path: 'servers.a.args', kind: 'notTexts' },
    ],
    [
      { command: 'a', env: { B: {} } },
      { path: 'servers.a.env.B', kind: 'notText' },
    ],
    [
      { command: 'a', cwd: [] },
      { path: 'servers.a.cwd', kind: 'notText' },
    ],
    [{ url: 'file:///etc/passwd' }, { path: 'servers.a.url', kind: 'badUrl' }],
    [{ url: 'tracker' }, { path: 'servers.a.url', kind: 'badUrl' }],
    [
      { url: 'https://b.test', headers: [] },
      { path: 'servers.a.headers', kind: 'notObject' },
    ],
  ];
  for (const [written, problem] of cases) {
    const { servers, problems } = parseServersFile(JSON.stringify({ servers: { a: written, b: { command: 'c' } } }));
    assert.deepEqual(problems, [problem]);
    assert.deepEqual(
      servers.map(({ name }) => name),
      ['b'],
    );
  }
});

test('a file that is no JSON, or no object, has no servers', () => {
  assert.deepEqual(parseServersFile('{').problems, [{ path: '', kind: 'notJson' }]);
  assert.deepEqual(parseServersFile('[]').problems, [{ path: '', kind: 'notObject' }]);
  assert.deepEqual(parseServersFile('{}'), { servers: [], inputs: [], problems: [] });
});

test('the setting has the form of the file’s servers', () => {
  assert.deepEqual(parseServersSetting({ a: { url: 'http://127.0.0.1:1/mcp' } }).servers, [
    { name: 'a', launch: { kind: 'http', url: 'http://127.0.0.1:1/mcp', headers: {} } },
  ]);
  assert.deepEqual(parseServersSetting([]).problems, [{ path: '', kind: 'notObject' }]);
  assert.deepEqual(parseServersSetting(undefined).problems, []);
});
