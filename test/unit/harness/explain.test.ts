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

test('an explanation of TypeScript names what is declared, with parameters, lines and calls', async () => {
  const answer = await explain('typescript', TYPESCRIPT, 'File: src/load.ts (lines 11-29, typescript)');
  assert.match(
    answer,
    /\*\*`load`\*\* — asynchronous function, line 14, 7 lines; takes `id` and `\{ cache = true \}` and calls `readFile`, `rows` and `Missing`\./,
  );
  assert.match(answer, /\*\*`twice`\*\* — function, line 22, 1 line; takes `n` and calls nothing\./);
  assert.match(answer, /\*\*`Store`\*\* — class, line 24, 6 lines\./);
  assert.match(answer, /\*\*`constructor`\*\* — function, line 25, 1 line; takes `name`/);
  assert.match(answer, /\*\*`get`\*\* — function, line 26, 3 lines; takes `key` and calls `this\.items\.get`\./);
});

test('what stands in strings and comments does not count as code', async () => {
  const answer = await explain('typescript', TYPESCRIPT, 'File: src/load.ts (lines 11-29, typescript)');
  assert.match(answer, /^- One condition: line 17\.$/m);
  assert.match(answer, /^- One loop: line 16\.$/m);
  assert.match(answer, /^- 2 × return: lines 17 and 27\.$/m);
  assert.match(answer, /^- One failure that is thrown or handled: line 19\.$/m);
  assert.match(answer, /^- Imports: `node:fs\/promises`\.$/m);
  assert.match(answer, /^\| of them comments \| 1 \|$/m);
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
      /`Cat`\*\* — class, line 2, 4 lines/,
      /`purr`\*\* — asynchronous function, line 3, 3 lines; takes `self`, `loud` and `\*more` and calls `print`/,
      /`top`\*\* — function, line 7, 1 line/,
      /Imports: `os`/,
      /One loop: line 4/,
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
      /`Point`\*\* — type, line 2/,
      /`Move`\*\* — function, line 3, 3 lines; takes `dx` and `dy` and calls `fmt\.Errorf`/,
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
      /`Shelf`\*\* — class, line 2, 5 lines/,
      /`of`\*\* — function, line 3, 3 lines; takes `first` and `rest` and calls `wrap`/,
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
    [/`main`\*\* — function, line 3, 3 lines; takes `argc` and `argv` and calls `puts`/, /Imports: `stdio\.h`/],
  ],
  [
    'rust',
    ['use std::fs;', 'fn main(a: &str) {', '    loop {}', '}'],
    [/`main`\*\* — function, line 2, 3 lines; takes `a`/, /One loop: line 3/],
  ],
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

test('the headings of an explanation are in the language of the question', async () => {
  const answer = await say(
    endpoint,
    'このコードを説明してください。\n\nFile: a.ts (lines 1-1, typescript)\n```ts\nlet a;\n```',
  );
  assert.match(answer, /^## 概要$/m);
});
