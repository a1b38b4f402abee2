import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseShell } from '../../../src/core/shell/shellProgram.ts';

function chosen(platform: NodeJS.Platform, environment: Record<string, string>, files: string[]) {
  return chooseShell({ platform, environment, isFile: path => files.includes(path) });
}

test('bash is taken from the path, else from where it usually is, else sh', () => {
  const environment = { PATH: 'relative:/opt/bin:/bin' };
  assert.equal(chosen('linux', environment, ['/bin/bash', '/opt/bin/bash'])?.file, '/opt/bin/bash');
  assert.equal(chosen('darwin', { PATH: '/x' }, ['/bin/bash'])?.file, '/bin/bash');
  assert.deepEqual(chosen('linux', {}, ['/bin/sh']), { file: '/bin/sh', args: [], name: 'sh' });
  assert.equal(chosen('linux', {}, []), undefined);
});

test('on Windows it is the bash of Git, and never that of the system', () => {
  const environment = { ProgramFiles: 'C:\\Program Files', Path: 'C:\\Windows\\System32;D:\\Tools\\Git\\cmd' };
  const system = 'C:\\Windows\\System32\\bash.exe';
  const installed = 'C:\\Program Files\\Git\\bin\\bash.exe';
  assert.deepEqual(chosen('win32', environment, [system, installed]), {
    file: installed,
    args: ['--noprofile', '--norc'],
    name: 'Git Bash',
  });
  const beside = 'D:\\Tools\\Git\\bin\\bash.exe';
  assert.equal(chosen('win32', environment, [beside])?.file, beside);
  assert.equal(chosen('win32', environment, [system]), undefined);
});
