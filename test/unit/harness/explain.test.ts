import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DemoEndpoint } from '../../../harness/endpoint/server.ts';
import { startDemoEndpoint } from '../../../harness/endpoint/server.ts';
import { say } from './client.ts';

let endpoint: DemoEndpoint;
before(async () => {
  endpoint = await startDemoEndpoint();
});
after(() => endpoint.close());

function explain(language: string, code: readonly string[], heading = ''): Promise<string> {
  return say(endpoint, `Explain this code.\n\n${heading}\n\`\`\`${language}\n${code.join('\n')}\n\`\`\``);
}

const TYPESCRIPT = [
  "import { readFile } from 'node:fs/promises';",
  '',
  '// if (this) were code, for (it) would count',
  'export async function load(id: string, { cache = true }: Options = {}): Promise<User> {',
  "  const text = await readFile('while (true) return');",
  '  for (const row of rows(text)) {',
  '    if (row.id === id && cache) return row;',
  '  }',
  '  throw new Missing(id);',
  '}',
  '',
  'const twice = (n: number) => n * 2;',
  '',
  'class Store {',
  '  constructor(private readonly name: string) { super(); }',
  '  get(key: string): number {',
  '    return this.items.get(key);',
  '  }',
  '}',
];

test('an explanation names the place, the language and the size of the code', async () => {
  const answer = await explain('typescript', TYPESCRIPT, 'File: src/load.ts (lines 11-29, typescript)');
  assert.match(answer, /19 lines of TypeScript from `src\/load\.ts` \(lines 11–29\)/);
});

test('an explanation of TypeScript tells what functions do, in order', async () => {
  const answer = await explain('typescript', TYPESCRIPT, 'File: src/load.ts (lines 11-29, typescript)');
  assert.match(
    answer,
    /\*\*`load\(id, \{ cache = true \}\)`\*\* \(async, lines 14–20\) — if \(this\) were code, for \(it\) would count$/m,
  );
  assert.match(answer, /^1\. Waits for `readFile\('while \(true\) return'\)` and keeps what it gives as `text`\.$/m);
  assert.match(answer, /^2\. For each `row` of `rows\(text\)`: if `row\.id === id && cache`: returns `row`\.$/m);
  assert.match(answer, /^3\. Throws `Missing\(id\)`\.$/m);
  assert.match(answer, /\*\*`twice\(n\)`\*\* \(line 22\)\n\n1\. Returns `n \* 2`\.$/m);
  assert.match(answer, /\*\*`Store`\*\* is a class with `constructor` and `get`\./);
  assert.match(answer, /\*\*`get\(key\)`\*\* \(lines 26–28\)\n\n1\. Returns `this\.items\.get\(key\)`\.$/m);
  assert.match(answer, /^- Imports: `node:fs\/promises`\.$/m);
});

test('statements over several lines, failures and other branches are told', async () => {
  const answer = await explain('typescript', [
    'export async function notify(text: string) {',
    '  try {',
    "    const response = await fetch('http://localhost/mail', {",
    "      method: 'POST',",
    '      body: JSON.stringify({ text }),',
    '    });',
    '    return response.ok;',
    '  } catch (error) {}',
    '  if (text) {',
    '    count += 1;',
    '  } else {',
    '    done();',
    '  }',
    '}',
  ]);
  assert.match(
    answer,
    /^1\. Tries this: waits for `fetch\(.*` and keeps what it gives as `response`; returns `response\.ok`\.$/m,
  );
  assert.match(
    answer,
    /^2\. If that fails: does nothing\.\n3\. If `text`: adds `1` to `count`\.\n4\. Otherwise: calls `done\(\)`\.$/m,
  );
});

test('what a review would find is named', async () => {
  assert.match(
    await explain('typescript', ['export const same = (a: number) => a == 1;']),
    /### Worth a look\n\n- Line 1: Use ===/,
  );
});

const LANGUAGES: readonly (readonly [language: string, code: readonly string[], expected: readonly RegExp[]])[] = [
  [
    'python',
    [
      'from os import path',
      'class Cat(Animal):',
      '    async def purr(self, loud: bool = False, *more):',
      '        while loud:',
      '            print("if")',
      '',
      'def top(): return 1',
    ],
    [
      /`Cat`\*\* is a class/,
      /`purr\(self, loud, \*more\)`\*\* \(async, lines 3–5\)\n\n1\. As long as `loud`: calls `print\("if"\)`\./,
      /`top\(\)`\*\* \(line 7\)\n\n1\. Returns `1`\./,
      /Imports: `os`/,
    ],
  ],
  [
    'go',
    [
      'import "fmt"',
      'type Point struct { X int }',
      'func (p *Point) Move(dx, dy int) error {',
      '\treturn fmt.Errorf("no")',
      '}',
    ],
    [
      /`Point`\*\* is a type/,
      /`Move\(dx, dy\)`\*\* \(lines 3–5\)\n\n1\. Returns `fmt\.Errorf\("no"\)`\./,
      /Imports: `fmt`/,
    ],
  ],
  [
    'java',
    [
      'import java.util.List;',
      'public class Shelf {',
      '  public static <T> List<T> of(T first, Map<String, Integer> rest) {',
      '    return wrap(first);',
      '  }',
      '}',
    ],
    [
      /`Shelf`\*\* is a class with `of`/,
      /`of\(first, rest\)`\*\* \(lines 3–5\)\n\n1\. Returns `wrap\(first\)`\./,
      /Imports: `java\.util\.List`/,
    ],
  ],
  [
    'c',
    [
      '#include <stdio.h>',
      'static void *make(int n);',
      'int main(int argc, char **argv) {',
      '  return puts(argv[0]);',
      '}',
    ],
    [/`main\(argc, argv\)`\*\* \(lines 3–5\)\n\n1\. Returns `puts\(argv\[0\]\)`\./, /Imports: `stdio\.h`/],
  ],
  ['rust', ['use std::fs;', 'fn main(a: &str) {', '    loop {}', '}'], [/`main\(a\)`\*\* \(lines 2–4\)/]],
];

for (const [language, code, expected] of LANGUAGES) {
  test(`an explanation of ${language} names what stands in it`, async () => {
    const answer = await explain(language, code);
    for (const pattern of expected) assert.match(answer, pattern);
  });
}

test('text in no known language is quoted', async () => {
  const answer = await explain('', ['roses are red', 'violets are blue']);
  assert.match(answer, /2 lines of text in an unknown language/);
  assert.match(answer, /It begins on line 1 with `roses are red`\./);
});

test('a fence inside longer fences belongs to the code', async () => {
  const answer = await say(endpoint, 'Explain\n````markdown\n# Title\n```js\nx()\n```\n````');
  assert.match(answer, /4 lines of markdown/);
});

test('an explanation is in the language of the question', async () => {
  const answer = await say(
    endpoint,
    'このコードを説明してください。\n\nFile: a.ts (lines 1-1, typescript)\n```ts\nlet a;\n```',
  );
  assert.match(answer, /^## 概要\n\n`a\.ts` \(1 行目\) のTypeScript 1 行です。/m);
});
