import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { highlightCode, knowsLanguage } from '../../../src/webview/markdown/highlight/highlightCode.ts';
import { highlighter } from '../../../src/webview/markdown/highlight/languages.ts';
import type { Run } from '../../../src/webview/markdown/highlight/runs.ts';

const here = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('Code is told apart:', () => {
  const cases: [language: string, code: string, runs: [text: string, role: string | undefined][]][] = [
    [
      'ts',
      "if (a) return 'b';",
      [
        ['if ', 'control'],
        ['(a) ', undefined],
        ['return ', 'control'],
        ["'b'", 'string'],
        [';', undefined],
      ],
    ],
    [
      'ts',
      'const x = 42;',
      [
        ['const', 'keyword'],
        [' x = ', undefined],
        ['42', 'number'],
        [';', undefined],
      ],
    ],
    [
      'ts',
      'function f(a: number) { return { c: d } }',
      [
        ['function ', 'keyword'],
        ['f', 'function'],
        ['(', undefined],
        ['a: ', 'variable'],
        ['number', 'type'],
        [') { ', undefined],
        ['return ', 'control'],
        ['{ ', undefined],
        ['c', 'key'],
        [': d } }', undefined],
      ],
    ],
    [
      'python',
      'def f(): # why',
      [
        ['def ', 'keyword'],
        ['f', 'function'],
        ['(): ', undefined],
        ['# why', 'comment'],
      ],
    ],
    [
      'json',
      '{"a": true}',
      [
        ['{', undefined],
        ['"a"', 'field'],
        [': ', undefined],
        ['true', 'constant'],
        ['}', undefined],
      ],
    ],
    [
      'diff',
      '-a\n+b',
      [
        ['-a\n', 'deleted'],
        ['+b', 'inserted'],
      ],
    ],
    [
      'html',
      '<a href="b">',
      [
        ['<', undefined],
        ['a ', 'tag'],
        ['href', 'property'],
        ['=', undefined],
        ['"b"', 'string'],
        ['>', undefined],
      ],
    ],
  ];
  for (const [language, code, expected] of cases) {
    test(`${language}: ${code}`, () => {
      const runs = [...highlightCode(code, language)].flat();
      assert.deepEqual(
        runs.map(({ text, role }) => [text, role]),
        expected,
      );
    });
  }
});

test('the languages that answers are written in are known by the names that they are called', () => {
  const names =
    'ts tsx typescriptreact js jsx javascriptreact mjs py go rs c h cpp cs java kt swift rb php sh bash zsh shellscript ' +
    'ps1 pwsh sql json jsonc yaml yml toml xml html vue css scss less md diff patch docker dockerfile make lua r scala ' +
    'dart graphql hs ex console';
  assert.deepEqual(
    names.split(' ').filter(name => !knowsLanguage(name)),
    [],
  );
  assert.equal(knowsLanguage('klingon'), false);
});

test('in slices as in one pass, and nothing of the code is lost', () => {
  for (const path of ['streamingMarkdown.test.ts', '../../../package-lock.json', '../../../bench/README.md']) {
    const code = here(path).slice(0, 90_000);
    const language = path.slice(path.lastIndexOf('.') + 1);
    const slices = [...highlightCode(code, language)];
    assert.ok(slices.length > 1);
    assert.equal(textOf(slices.flat()), code);
  }
});

test('a word without end costs no more than its length, and has the colour that it would have', t => {
  const long = 'A9z_'.repeat(6_000);
  const code = `const a = '${long}';\nlet ${long} = ${long}(1); // ${long}\nreturn 2;\n`;
  const highlighted = t.mock.method(highlighter, 'highlight');
  const runs = [...highlightCode(code, 'ts')].flat();
  assert.ok(highlighted.mock.calls.every(({ arguments: [slice] }) => slice.length < 1_000));
  assert.equal(runs.map(({ text }) => text).join(''), code);
  const roleOf = (part: string): string | undefined => runs.find(({ text }) => text.includes(part))?.role;
  assert.deepEqual([roleOf(`'${long}'`), roleOf(`// ${long}`), roleOf('return')], ['string', 'comment', 'control']);
});

test('a slice that ends inside of a comment is taken further', () => {
  const code = `/*\n${'if (a) return;\n'.repeat(200)}*/\nreturn;\n`;
  const runs = [...highlightCode(code, 'ts')].flat();
  assert.deepEqual(
    runs.map(({ role }) => role),
    ['comment', 'control', undefined],
  );
});

test('code without an end in sight costs no more than twice', () => {
  const code = '`' + 'x\n'.repeat(20_000);
  assert.ok([...highlightCode(code, 'ts')].length < 400);
});

function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}
