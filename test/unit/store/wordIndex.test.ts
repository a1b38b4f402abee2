import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { test } from 'node:test';
import { TextIndex } from '../../../src/core/store/textIndex.ts';

/** Counts the texts that are read for a search. */
class CountedReads extends DatabaseSync {
  reads = 0;

  override prepare(sql: string): StatementSync {
    const statement = super.prepare(sql);
    if (!/\b(LIKE|instr)\b/.test(sql)) return statement;
    const get = statement.get.bind(statement);
    statement.get = (...values) => {
      this.reads++;
      return get(...(values as Parameters<typeof get>));
    };
    return statement;
  }
}

function setUp(database = new DatabaseSync(':memory:')) {
  database.exec(
    `CREATE TABLE IF NOT EXISTS turns (conversation_id TEXT);
     CREATE INDEX IF NOT EXISTS turns_by_conversation ON turns (conversation_id)`,
  );
  const index = new TextIndex(database);
  const put = (rowid: number, text: string): void => {
    database.prepare("INSERT OR IGNORE INTO turns (rowid, conversation_id) VALUES (?, 'c')").run(rowid);
    index.put(rowid, text);
  };
  const complete = (): void => {
    for (const rowid of index.lacking()) index.putWhole(rowid, textOf(rowid));
    index.completed();
  };
  const textOf = (rowid: number): string =>
    String(database.prepare('SELECT text FROM texts WHERE rowid = ?').get(rowid)?.['text'] ?? '').slice(0, -2);
  const found = (...terms: string[]): number[] => [...index.search(terms)].flatMap(hit => hit?.rowid ?? []);
  const words = (): unknown[] =>
    database
      .prepare('SELECT word FROM words ORDER BY word')
      .all()
      .map(({ word }) => word);
  return { database, index, put, complete, found, words };
}

test('for what no word holds no text is read, though each holds its trigrams', () => {
  const database = new CountedReads(':memory:');
  const { put, complete, found } = setUp(database);
  for (let rowid = 1; rowid <= 300; rowid++) put(rowid, `migra grati ration ${rowid}`);
  assert.deepEqual(found('migration'), []);
  assert.equal(database.reads, 300, 'what is not complete can’t tell');
  complete();
  database.reads = 0;
  assert.deepEqual(found('grati', 'migration'), []);
  assert.equal(database.reads, 0);
});

test('of parts that few texts hold those alone are read once the trigrams have misled', () => {
  const database = new CountedReads(':memory:');
  const { put, complete, found } = setUp(database);
  put(1, 'Its migration began.');
  for (let rowid = 2; rowid <= 500; rowid++) put(rowid, `migra grati ration ${rowid}`);
  complete();
  assert.deepEqual(found('igration'), [1]);
  assert.equal(database.reads, 201, 'the first candidates and the right one');
});

test('with the words a search finds what it finds without them', () => {
  const { index, put, complete, found } = setUp();
  const hash = Array.from({ length: 80 }, (_, at) => 1_000 + at).join('');
  put(1, `snake_case price[3] naïveté 設定return値 ${hash}`);
  put(2, 'Return of the SNAKE, and a K, which is no k');
  put(3, 'replaced');
  put(3, 'something else');
  put(4, 'removed');
  index.remove(4);
  const queries = [
    ['return'],
    ['ake_ca'],
    ['price[3]'],
    ['naïveté'],
    ['設定return'],
    ['snake', 'return'],
    ['else', 'some'],
  ];
  const hashes = Array.from({ length: 100 }, (_, at) => [hash.slice(at, at + 100)]);
  const gone = [['replaced'], ['removed'], ['xyz'], ['return', 'else'], ['10051004']];
  const all = [...queries, ...hashes, ...gone];
  const before = all.map(terms => found(...terms));
  complete();
  assert.deepEqual(
    all.map(terms => found(...terms)),
    before,
  );
  assert.ok(before.slice(0, -gone.length).every(rowids => rowids.length > 0));
  assert.ok(before.slice(-gone.length).every(rowids => rowids.length === 0));
});

test('a word goes with the last text that holds it', () => {
  const { index, put, complete, words } = setUp();
  put(1, 'secret tea');
  put(2, 'secret');
  complete();
  put(1, 'coffee');
  assert.deepEqual(words(), ['secret'], 'what is replaced goes at once');
  complete();
  assert.deepEqual(words(), ['coffee', 'secret']);
  index.erase([2]);
  assert.deepEqual(words(), ['coffee']);
});

test('texts that an earlier version has written are caught up with', () => {
  const { database, index, put, complete, found } = setUp();
  for (const [rowid, text] of [
    [2, 'before'],
    [3, 'other'],
  ] as const)
    put(rowid, text);
  complete();
  database.exec("INSERT INTO turns (rowid) VALUES (1); INSERT INTO texts (rowid, text) VALUES (1, 'earlier\n\n')");
  assert.deepEqual(index.lacking(), [1]);
  complete();
  assert.deepEqual([index.lacking(), found('earlier')], [[], [1]]);
  database.prepare("UPDATE texts SET text = 'by an earlier version' WHERE rowid = 2").run();
  put(2, 'after');
  index.completed();
  assert.deepEqual(found('other'), [3], 'the words are begun anew, and say nothing until they are complete');
  assert.deepEqual(index.lacking(), [1, 2, 3]);
  complete();
  assert.deepEqual([found('before'), found('after'), found('other')], [[], [2], [3]]);
});

test('the words of a text come as it is caught up with; until then it is found beside them', () => {
  const database = new CountedReads(':memory:');
  const { put, complete, found, words } = setUp(database);
  for (let rowid = 1; rowid <= 500; rowid++) put(rowid, `migra grati ration ${rowid}`);
  assert.deepEqual(words(), []);
  complete();
  put(501, 'Its migration began.');
  put(3, 'An old migration, which is edited.');
  for (let rowid = 502; rowid <= 800; rowid++) put(rowid, `migra grati ration ${rowid}`);
  assert.deepEqual(found('migration'), [501, 3]);
  complete();
  database.reads = 0;
  assert.deepEqual(found('igration'), [501, 3]);
  assert.ok(database.reads < 210, `${database.reads} texts`);
});

test('a turn that goes before its words came keeps nothing waiting', () => {
  const database = new CountedReads(':memory:');
  const { index, put, complete, found } = setUp(database);
  put(1, 'migra grati ration');
  put(2, 'migra grati ration');
  index.remove(2);
  database.exec('DELETE FROM turns WHERE rowid = 1');
  complete();
  database.reads = 0;
  assert.deepEqual(found('migration'), []);
  assert.equal(database.reads, 0);
});

test('what another window puts is found, also where it has begun the words anew', t => {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-words-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [here, there] = [1, 2].map(() => {
    const database = new DatabaseSync(join(folder, 'texts.sqlite'));
    t.after(() => database.close());
    return setUp(database);
  });
  if (!here || !there) return assert.fail();
  here.put(1, 'Tea from here.');
  here.complete();
  there.put(2, 'Coffee from there.');
  assert.deepEqual([here.found('coffee'), here.found('tea'), here.found('milk')], [[2], [1], []]);
  there.complete();
  there.database.exec("UPDATE texts SET text = 'by an earlier version' WHERE rowid = 1");
  there.index.remove(1);
  assert.deepEqual(there.words(), []);
  assert.deepEqual([here.found('coffee'), here.found('tea')], [[2], []]);
});
