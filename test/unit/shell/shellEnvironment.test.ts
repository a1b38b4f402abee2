import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellEnvironment } from '../../../src/core/shell/shellEnvironment.ts';

const namesIn = (environment: Record<string, string>, keys: string[] = []): string[] =>
  Object.keys(shellEnvironment(environment, keys)).filter(name => name in environment);

test('names of secrets are left out, others are kept', () => {
  const secrets = [
    'ANTHROPIC_API_KEY',
    'MARGINALIA_API_KEY',
    'NPM_TOKEN',
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'DB_PASSWORD',
    'db_pass',
    'OPENAIKEY',
    'SENTRY_AUTH_TOKEN',
    'CLIENT_SECRET',
    'APIKEY',
    'NPM_CONFIG__AUTH',
  ];
  const kept = [
    'PATH',
    'HOME',
    'PWD',
    'LANG',
    'SSH_AUTH_SOCK',
    'KEYBOARD',
    'AUTHOR',
    'TOKENIZERS_PARALLELISM',
    'npm_config_registry',
  ];
  assert.deepEqual(namesIn(Object.fromEntries([...secrets, ...kept].map(name => [name, `value of ${name}`]))), kept);
});

test('a key is left out under any name and in any form', () => {
  const key = 'relay-0123456789-Zz';
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const environment = {
    A: key,
    B: `Bearer ${key}`,
    C: base64(key),
    D: base64(`user:${key}`),
    E: base64(`me:${key} `),
    F: 'https://user:secret@host/path',
    G: 'sk-ant-api03-abcdefghijklmnopqrst',
    H: 'http://host:8080/a@b',
    I: 'git@host:path',
  };
  assert.deepEqual(namesIn(environment, [key]), ['H', 'I']);
  assert.deepEqual(namesIn({ SOME_API_KEY: key, COPY: `x${key}`, OTHER: 'relay' }), ['OTHER']);
});

test('what the editor tells its own processes, and what runs before a command, is left out', () => {
  assert.deepEqual(
    namesIn({
      VSCODE_PID: '1',
      ELECTRON_RUN_AS_NODE: '1',
      BASH_ENV: '/a',
      'BASH_FUNC_npm%%': '() { :; }',
      CDPATH: '/',
      A: '1',
    }),
    ['A'],
  );
});

test('programs find out that there is no screen', () => {
  const { TERM, GIT_TERMINAL_PROMPT } = shellEnvironment({ TERM: 'xterm' }, []);
  assert.deepEqual([TERM, GIT_TERMINAL_PROMPT], ['dumb', '0']);
});
