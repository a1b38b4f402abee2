import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programStart } from '../../../src/core/process/programStart.ts';

test('a program is started as it is, on Windows where it has the ending of one', () => {
  const args = ['a b', '$x & y'];
  assert.deepEqual(programStart('npx', args, 'linux'), { file: 'npx', args, options: {} });
  assert.deepEqual(programStart('C:\\tools\\a b.EXE', args, 'win32'), {
    file: 'C:\\tools\\a b.EXE',
    args,
    options: {},
  });
});

test('a script of Windows goes through its shell, each word quoted: none of them is a command or falls apart', () => {
  const line = (command: string, ...words: string[]): string => {
    const { file, args, options } = programStart(command, words, 'win32');
    assert.deepEqual(
      [file, ...args.slice(0, 3), options],
      ['cmd.exe', '/d', '/s', '/c', { windowsVerbatimArguments: true }],
    );
    return args[3] ?? '';
  };
  assert.equal(line('npx', '-y', 'C:\\My Shop'), '"npx ^"-y^" ^"C:\\My^ Shop^""');
  assert.equal(line('npx', 'a&calc|b>c'), '"npx ^"a^&calc^|b^>c^""');
  assert.equal(line('npx', '%PATH%!x!'), '"npx ^"^%PATH^%^!x^!^""');
  // For the program a quote within and backslashes before one are escaped, others not.
  assert.equal(line('npx', 'say "hi" \\'), '"npx ^"say^ \\^"hi\\^"^ \\\\^""');
  assert.equal(line('npx', ''), '"npx ^"^""');
  assert.equal(line('C:\\My Tools\\run.cmd'), '"C:\\My^ Tools\\run.cmd"');
});
