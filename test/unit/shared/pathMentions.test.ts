import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findPaths, findPathsInCode, parsePath, type PathMention } from '../../../src/shared/pathMentions.ts';
import { cpuTime } from '../../support/cpuTime.ts';

/** A mention as `path` or `path @ line:column-endLine`, followed by what the text says. */
function told(text: string, { start, end, path, place }: PathMention): string {
  const column = place?.column === undefined ? '' : `:${place.column}`;
  const endLine = place?.endLine === undefined ? '' : `-${place.endLine}`;
  const where = place ? ` @ ${place.line}${column}${endLine}` : '';
  return `${path}${where} | ${text.slice(start, end)}`;
}

describe('Running text names', () => {
  const cases: [text: string, ...paths: string[]][] = [
    ['see src/a/b.ts for it', 'src/a/b.ts | src/a/b.ts'],
    ['see src/a/b.ts:12.', 'src/a/b.ts @ 12 | src/a/b.ts:12'],
    ['see src/a/b.ts:12:5, then', 'src/a/b.ts @ 12:5 | src/a/b.ts:12:5'],
    ['(src/a/b.ts:10-20)', 'src/a/b.ts @ 10-20 | src/a/b.ts:10-20'],
    ['src/a/b.ts:10–20', 'src/a/b.ts @ 10-20 | src/a/b.ts:10–20'],
    ['src/b.ts#L10 and src/b.ts#L10-L20', 'src/b.ts @ 10 | src/b.ts#L10', 'src/b.ts @ 10-20 | src/b.ts#L10-L20'],
    ['src/b.ts#L10C3-L20C1', 'src/b.ts @ 10:3-20 | src/b.ts#L10C3-L20C1'],
    ['src/b.ts:L7', 'src/b.ts @ 7 | src/b.ts:L7'],
    ['run ./x.ts now', './x.ts | ./x.ts'],
    ['up in ../x.ts', '../x.ts | ../x.ts'],
    ['at C:\\x\\y.ts:3', 'C:\\x\\y.ts @ 3 | C:\\x\\y.ts:3'],
    ['at c:/x/y.ts', 'c:/x/y.ts | c:/x/y.ts'],
    ['in x\\y.ts', 'x\\y.ts | x\\y.ts'],
    ['in /home/me/y.ts:1', '/home/me/y.ts @ 1 | /home/me/y.ts:1'],
    ['change package.json.', 'package.json | package.json'],
    ['change tsconfig.build.json:3', 'tsconfig.build.json @ 3 | tsconfig.build.json:3'],
    ['“orders.ts”, then', 'orders.ts | orders.ts'],
    [
      'node_modules/@types/node/index.d.ts',
      'node_modules/@types/node/index.d.ts | node_modules/@types/node/index.d.ts',
    ],
    ['look into docker/Dockerfile', 'docker/Dockerfile | docker/Dockerfile'],
    ['add it to .gitignore', '.gitignore | .gitignore'],
    ['変更はsrc/orders.tsにあります', 'src/orders.ts | src/orders.ts'],
    ['詳しくは src/注文.ts:12 を参照', 'src/注文.ts @ 12 | src/注文.ts:12'],
    ['「ドキュメント/設計.md」を見て', 'ドキュメント/設計.md | ドキュメント/設計.md'],
    ['请看src/orders.ts:3。', 'src/orders.ts @ 3 | src/orders.ts:3'],
    ['文档/说明.md', '文档/说明.md | 文档/说明.md'],
    ['請看package.json文件', 'package.json | package.json'],
    ['docs/größe.md', 'docs/größe.md | docs/größe.md'],
    ['a.ts, b.ts and c.ts', 'a.ts | a.ts', 'b.ts | b.ts', 'c.ts | c.ts'],
    ['`src/a.ts`→`src/b.ts`', 'src/a.ts | src/a.ts', 'src/b.ts | src/b.ts'],
  ];
  for (const [text, ...paths] of cases) {
    test(text, () => {
      assert.deepEqual(
        findPaths(text).map(mention => told(text, mention)),
        paths,
      );
    });
  }
});

describe('No path is', () => {
  for (const text of [
    'https://example.com/src/a.ts:12',
    'ftp://example.com/a.ts',
    'file:///etc/hosts.txt',
    'vscode://file/c:/x.ts',
    'example.com',
    'example.com/index.html',
    'me@example.com',
    'version 1.2.3',
    'v1.2.3-beta.1',
    'at 12:30 or 12:30:05',
    'e.g. this, i.e. that, etc.',
    'and/or',
    'TCP/IP',
    '1.5/2.5',
    '24/7',
    'console.log(x)',
    'process.env',
    'response.json()',
    'Math.max',
    'this.name',
    'U.S. and a.m.',
    'end of sentence.Next one',
    'src/*.ts',
    '...',
    '',
  ]) {
    test(JSON.stringify(text), () => assert.deepEqual(findPaths(text), []));
  }
});

describe('A piece of code', () => {
  const cases: [code: string, ...paths: string[]][] = [
    ['src/a.ts:12', 'src/a.ts @ 12 | src/a.ts:12'],
    ['app/[id]/(group)/page.tsx', 'app/[id]/(group)/page.tsx | app/[id]/(group)/page.tsx'],
    ['docs/my file.md', 'docs/my file.md | docs/my file.md'],
    ['bin/run', 'bin/run | bin/run'],
    ['Makefile', 'Makefile | Makefile'],
    ['Untitled-1', 'Untitled-1 | Untitled-1'],
    ['C:\\x\\y.ts:3', 'C:\\x\\y.ts @ 3 | C:\\x\\y.ts:3'],
    ['設計書v2.md', '設計書v2.md | 設計書v2.md'],
    ['git add src/a.ts', 'src/a.ts | src/a.ts'],
    ['--config=src/a.json', 'src/a.json | src/a.json'],
    ["import { a } from './prices.js'", './prices.js | ./prices.js'],
    ['const a = 1'],
    ['a / b'],
    ['order.items'],
    ['https://example.com/a.ts'],
    ['subtotal()'],
    ['npm run test'],
    ['1.2.3'],
    [''],
  ];
  for (const [code, ...paths] of cases) {
    test(`${JSON.stringify(code)} names ${paths.length === 0 ? 'nothing' : 'a path'}`, () => {
      assert.deepEqual(
        findPathsInCode(code).map(mention => told(code, mention)),
        paths,
      );
    });
  }
});

test('a link’s target is a path only where all of it is one', () => {
  assert.deepEqual(parsePath('src/a.ts#L3-L5'), { path: 'src/a.ts', place: { line: 3, endLine: 5 } });
  for (const target of [
    'command:workbench.action.quit',
    'javascript:alert(1)',
    '#top',
    'see src/a.ts',
    '//evil.example',
  ]) {
    assert.equal(parsePath(target), undefined, target);
  }
});

test('lines that no file has count as none', () => {
  assert.equal(findPaths('src/a.ts:0')[0]?.place, undefined);
  assert.equal(findPaths('src/a.ts:99999999999')[0]?.place, undefined);
});

test('text made to be slow takes no longer', () => {
  for (const text of ['a/'.repeat(50_000), '../'.repeat(50_000), 'a.'.repeat(50_000), 'あ'.repeat(50_000) + '/a.ts']) {
    const took = cpuTime(() => {
      findPaths(text);
      findPathsInCode(text);
    });
    assert.ok(took < 1_000, `${text.slice(0, 6)}: ${took} ms`);
  }
});
