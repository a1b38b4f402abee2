import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeTarget } from '../../../src/core/context/codeTarget.ts';

describe('The fence names the file:', () => {
  const cases: [info: string, path: string | undefined, language: string][] = [
    ['ts src/a.ts', 'src/a.ts', 'ts'],
    ['ts:src/a.ts', 'src/a.ts', 'ts'],
    ['typescript:C:\\x\\a.ts', 'C:\\x\\a.ts', 'typescript'],
    ['src/a.ts', 'src/a.ts', ''],
    ['12:20:src/a.ts', 'src/a.ts', '12'],
    ['ts title="src/a.ts"', 'src/a.ts', 'ts'],
    ["ts filename='src/my file.ts'", 'src/my file.ts', 'ts'],
    ['js {file: src/a.js}', 'src/a.js', 'js'],
    ['ts path=src/a.ts#L3', 'src/a.ts', 'ts'],
    ['ts', undefined, 'ts'],
    ['', undefined, ''],
    ['c++', undefined, 'c++'],
    ['js {1,3-5}', undefined, 'js'],
    ['mermaid theme=dark', undefined, 'mermaid'],
  ];
  for (const [info, path, language] of cases) {
    test(info, () => {
      const target = codeTarget('x\ny', info, '');
      assert.deepEqual([target.paths[0], target.isSure, target.language], [path, path !== undefined, language]);
    });
  }
});

describe('A comment names it:', () => {
  for (const comment of [
    '// src/a.ts',
    '# File: src/a.ts',
    '/* src/a.ts */',
    '<!-- path: src/a.ts -->',
    '-- src/a.ts',
  ]) {
    test(comment, () => {
      const target = codeTarget(`${comment}\nlet a;\n`, 'ts', '');
      assert.deepEqual([target.paths, target.isSure, target.code], [['src/a.ts'], true, 'let a;\n']);
    });
  }
  for (const comment of ['// see src/a.ts', '// first line', '#!/bin/sh', "import './a.ts'"]) {
    test(`not ${comment}`, () => {
      const target = codeTarget(`${comment}\nlet a;\n`, 'ts', '');
      assert.deepEqual([target.paths, target.code], [[], `${comment}\nlet a;\n`]);
    });
  }
});

test('the line above names it, but not for sure', () => {
  const above = (line: string): string[] => codeTarget('let a;', 'ts', line).paths;
  assert.deepEqual(above('Change `src/a.ts` like this:'), ['src/a.ts']);
  assert.deepEqual(above('**src/a.ts:12**'), ['src/a.ts']);
  assert.deepEqual(above('src/a.ts を次のように変更します:'), ['src/a.ts']);
  assert.deepEqual(above('From src/a.ts to `src/b.ts`:'), ['src/b.ts', 'src/a.ts']);
  assert.deepEqual(above('Like this:'), []);
  assert.equal(codeTarget('let a;', 'ts', 'In src/a.ts:').isSure, false);
});
