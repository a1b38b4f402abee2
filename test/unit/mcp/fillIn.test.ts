import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillIn, inputsIn, parseEnvFile, type Variables } from '../../../src/core/mcp/fillIn.ts';
import type { ServerLaunch } from '../../../src/core/mcp/serverConfig.ts';

const variables: Variables = {
  workspaceFolder: '/srv',
  userHome: '/home/me',
  env: { PORT: '81', ANTHROPIC_API_KEY: 'sk-ant-secret' },
  inputs: { key: '${env:PORT}' },
};

test('variables stand for what they name, and what they stand for is not read again', () => {
  const launch: ServerLaunch = {
    kind: 'stdio',
    command: '${workspaceFolder}/bin',
    args: ['--home=${userHome}', '${env:PORT}${env:UNSET}'],
    env: { KEY: '${input:key}', GONE: null },
    envFile: '${workspaceFolder}/.env',
    cwd: '${userHome}',
  };
  assert.deepEqual(inputsIn(launch), ['key']);
  assert.deepEqual(fillIn(launch, variables), {
    ok: true,
    launch: {
      kind: 'stdio',
      command: '/srv/bin',
      args: ['--home=/home/me', '81'],
      env: { KEY: '${env:PORT}', GONE: null },
      envFile: '/srv/.env',
      cwd: '/home/me',
    },
  });
});

test('a variable that stands for nothing is named, and the key to the endpoint is one of those', () => {
  const sending = (url: string): ServerLaunch => ({ kind: 'http', url, headers: {} });
  for (const variable of [
    '${file}',
    '${input:other}',
    '${env:ANTHROPIC_API_KEY}',
    '${env:anthropic_api_key}',
    '${input:constructor}',
    '${}',
  ]) {
    assert.deepEqual(fillIn(sending(`https://a.test/${variable}`), variables), { ok: false, variable });
  }
  const folderless = { ...variables, workspaceFolder: undefined };
  assert.equal(fillIn(sending('https://a.test/${workspaceFolder}'), folderless).ok, false);
});

test('an environment file is read as people write it', () => {
  const text = '# comment\nA=1\nexport B = "two # words"\r\nC=three # no more\nD=\nnothing\nE=\'x=y\'\n';
  assert.deepEqual(parseEnvFile(text), { A: '1', B: 'two # words', C: 'three', D: '', E: 'x=y' });
});
