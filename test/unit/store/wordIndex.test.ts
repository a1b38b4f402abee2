import assert from 'node:assert/strict';
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
    'CREATE TABLE turns (conversation_id TEXT); CREATE INDEX turns_by_conversation ON turns (conversation_id)',
  );
  const index = new TextIndex(database);
  const complete = (): void => {
    for (const rowid of index.lacking()) index.put(rowid, textOf(rowid));
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
  return { database, index, complete, found, words };
}

test('for what no word holds no text is read, though each holds its trigrams', () => {
  const database = new CountedReads(':memory:');
  const { index, complete, found } = setUp(database);
  for (let rowid = 1; rowid <= 300; rowid++) index.put(rowid, `migra grati ration ${rowid}`);
  assert.deepEqual(found('migration'), []);
  assert.equal(database.reads, 300, 'what is not complete can’t tell');
  complete();
  database.reads = 0;
  assert.deepEqual(found('grati', 'migration'), []);
  assert.equal(database.reads, 0);
});

test('of parts that few texts hold those alone are read once the trigrams have misled', () => {
  const database = new CountedReads(':memory:');
  const { index, complete, found } = setUp(database);
  index.put(1, 'Its migration began.');
  for (let rowid = 2; rowid <= 500; rowid++) index.put(rowid, `migra grati ration ${rowid}`);
  complete();
  assert.deepEqual(found('igration'), [1]);
  assert.equal(database.reads, 201, 'the first candidates and the right one');
});

test('with the words a search finds what it finds without them', () => {
  const { index, complete, found } = setUp();
  const hash = Array.from({ length: 80 }, (_, at) => 1_000 + at).join('');
  index.put(1, `snake_case price[3] naïveté 設定return値 ${hash}`);
  index.put(2, 'Return of the SNAKE, and a K, which is no k');
  index.put(3, 'replaced');
  index.put(3, 'something else');
  index.put(4, 'removed');
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
  const { index, words } = setUp();
  index.put(1, 'secret tea');
  index.put(2, 'secret');
  index.put(1, 'coffee');
  assert.deepEqual(words(), ['coffee', 'secret']);
  index.erase([2]);
  assert.deepEqual(words(), ['coffee']);
});

test('texts that an earlier version has written are caught up with', () => {
  const { database, index, complete, found } = setUp();
  for (let rowid = 1; rowid <= 3; rowid++) database.prepare('INSERT INTO turns VALUES (?)').run('c');
  database.prepare("INSERT INTO texts (rowid, text) VALUES (1, 'earlier\n\n')").run();
  index.put(2, 'before');
  index.put(3, 'other');
  assert.deepEqual(index.lacking(), [1]);
  complete();
  assert.deepEqual([index.lacking(), found('earlier')], [[], [1]]);
  database.prepare("UPDATE texts SET text = 'by an earlier version' WHERE rowid = 2").run();
  index.put(2, 'after');
  index.completed();
  assert.deepEqual(found('other'), [3], 'the words are begun anew, and say nothing until they are complete');
  assert.deepEqual(index.lacking(), [1, 3]);
  complete();
  assert.deepEqual([found('before'), found('after'), found('other')], [[], [2], [3]]);
});
