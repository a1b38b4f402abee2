import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PathIndex } from '../../../src/core/context/pathIndex.ts';

const paths = [
  'src/core/chat/session.ts',
  'src/core/chat/sessionStore.ts',
  'src/host/chatView.ts',
  'src/host/config.ts',
  'test/unit/chat/session.test.ts',
  'docs/session-notes.md',
  'src/注文/注文一覧.ts',
  'README.md',
];

function search(query: string, open: string[] = []): string[] {
  const files = paths.map(path => ({ path, isFolder: false, uri: `file:///${path}` }));
  const folders = ['src', 'src/core', 'src/core/chat', 'src/host'].map(path => ({ path, isFolder: true, uri: path }));
  return new PathIndex([...files, ...folders]).search(query, 3, new Set(open)).map(({ path }) => path);
}

const rows: [query: string, first: string][] = [
  ['session.ts', 'src/core/chat/session.ts'],
  ['session', 'src/core/chat/session.ts'],
  ['SESSION', 'src/core/chat/session.ts'],
  ['notes', 'docs/session-notes.md'],
  ['host/con', 'src/host/config.ts'],
  ['host\\con', 'src/host/config.ts'],
  ['chtvw', 'src/host/chatView.ts'],
  ['corsessto', 'src/core/chat/sessionStore.ts'],
  ['注文', 'src/注文/注文一覧.ts'],
  ['一覧', 'src/注文/注文一覧.ts'],
  ['ｓｅｓｓｉｏｎ', 'src/core/chat/session.ts'],
  ['core', 'src/core'],
  ['host/', 'src/host'],
  ['src/', 'src'],
];

for (const [query, first] of rows) {
  test(`"${query}" finds ${first} first`, () => assert.equal(search(query)[0], first));
}

test('of equals, what is open comes first', () => {
  assert.equal(search('sess', ['docs/session-notes.md'])[0], 'docs/session-notes.md');
  // But a name that is typed out is meant.
  assert.equal(search('session.ts', ['test/unit/chat/session.test.ts'])[0], 'src/core/chat/session.ts');
});

test('no more than asked for are found, and nothing that does not fit', () => {
  assert.equal(search('s').length, 3);
  assert.deepEqual(search('xyz'), []);
  assert.deepEqual(search(''), []);
  assert.deepEqual(search('sessionz'), []);
});

test('while a query is typed, every step finds what it finds alone', () => {
  const files = paths.map(path => ({ path, isFolder: false, uri: path }));
  const typed = new PathIndex(files);
  for (const query of ['s', 'se', 'ses', 'sest', 'se', 'o', '注', '注文']) {
    assert.deepEqual(typed.search(query, 9), new PathIndex(files).search(query, 9), query);
  }
});
