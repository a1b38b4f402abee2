import assert from 'node:assert/strict';
import { test } from 'node:test';
import { terminalText } from '../../../src/core/context/terminalText.ts';

const cases: Record<string, [code: string, text: string]> = {
  'a command stands as it is': ['npm test\n', 'npm test'],
  'prompts are left out where every line has one': ['$ cd x\n$ ls\n', 'cd x\nls'],
  'a dollar that is no prompt stays': ['echo a\n$ b', 'echo a\n$ b'],
  'nothing in it can press Enter': ['rm -rf x\r', 'rm -rf x'],
  'nothing in it can steer the terminal': ['ls\u001b[2J\u0003\u0004\u009b', 'ls[2J'],
  'empty lines go, since an empty line is an Enter': ['a\n\n\nb', 'a\nb'],
  'a tab would complete': ['ls\tx', 'ls x'],
};

for (const [name, [code, text]] of Object.entries(cases)) {
  test(name, () => assert.equal(terminalText(code), text));
}
