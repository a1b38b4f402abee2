import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pathEnding, placesInWorkspace } from '../../../src/core/context/workspacePath.ts';

const shop = [{ name: 'shop', path: '/home/me/shop' }];
const two = [...shop, { name: 'tools', path: '/home/me/tools' }];
const windows = [{ name: 'shop', path: '/c:/work/shop' }];

describe('A path leads', () => {
  const cases: [path: string, folders: typeof shop, ...places: string[]][] = [
    ['src/a.ts', shop, '0 src/a.ts'],
    ['./src/a.ts', shop, '0 src/a.ts'],
    ['src/../package.json', shop, '0 package.json'],
    ['src\\a.ts', shop, '0 src/a.ts'],
    ['src/a.ts', two, '0 src/a.ts', '1 src/a.ts'],
    ['tools/a.ts', two, '1 a.ts', '0 tools/a.ts', '1 tools/a.ts'],
    ['/home/me/shop/src/a.ts', shop, '0 src/a.ts'],
    ['/home/me/tools/x/../a.ts', two, '1 a.ts'],
    ['C:\\work\\shop\\src\\a.ts', windows, '0 src/a.ts'],
    ['c:/Work/Shop/src/a.ts', windows, '0 src/a.ts'],
    ['注文/設計.md', shop, '0 注文/設計.md'],
  ];
  for (const [path, folders, ...places] of cases) {
    test(`${path} to ${places.join(', ')}`, () => {
      assert.deepEqual(
        placesInWorkspace(path, folders).map(place => `${place.folder} ${place.path}`),
        places,
      );
    });
  }
});

describe('Nowhere leads', () => {
  for (const path of [
    '../secret.txt',
    'src/../../secret.txt',
    './../shop2/a.ts',
    '..\\secret.txt',
    '/etc/passwd',
    '/home/me/shop',
    '/home/me/shop2/a.ts',
    '/home/me/shop/../.ssh/id_rsa',
    '/home/me/SHOP/a.ts',
    'C:\\Windows\\win.ini',
    '\\\\server\\share\\a.ts',
    '//server/share/a.ts',
    '~/.ssh/id_rsa',
    'src/a\0.ts',
    '.',
    '',
  ]) {
    test(JSON.stringify(path), () => assert.deepEqual(placesInWorkspace(path, shop), []));
  }
});

describe('Nowhere on Windows leads', () => {
  for (const path of [
    '.env::$DATA',
    'src/a.ts:hidden',
    '.env.',
    '.npmrc ',
    '.git./hooks/pre-commit',
    'NUL',
    'src\\con.txt',
    'com1',
    '\\\\?\\C:\\work\\shop\\a.ts',
    '\\\\.\\C:\\work\\shop\\a.ts',
    'C:a.ts',
    'D:\\work\\shop\\a.ts',
    'C:\\work\\shop\\.env.',
  ]) {
    test(JSON.stringify(path), () => assert.deepEqual(placesInWorkspace(path, windows), []));
  }
});

test('what only Windows takes for another file is one like others elsewhere', () => {
  for (const path of ['a:b', 'notes.', 'con', 'nul.txt', 'context.ts']) {
    assert.deepEqual(placesInWorkspace(path, shop), [{ folder: 0, path }]);
  }
  assert.deepEqual(placesInWorkspace('context/console.ts', windows), [{ folder: 0, path: 'context/console.ts' }]);
});

test('a path with its first folders left out is looked for by its end, never as a pattern', () => {
  assert.equal(pathEnding('b/c.ts'), 'b/c.ts');
  assert.equal(pathEnding('.\\b\\c.ts'), 'b/c.ts');
  for (const path of ['/etc/passwd', 'C:\\x.ts', '../x.ts', '**/*', 'a[b].ts', '{a,b}.ts', '~/x.ts', 'a\n.ts']) {
    assert.equal(pathEnding(path), undefined, JSON.stringify(path));
  }
});
