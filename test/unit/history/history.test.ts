import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { appended } from '../../../src/core/conversation/store.ts';
import type { AnswerRecord } from '../../../src/core/conversation/turns.ts';
import { marksIn, searchTerms, snippetOf } from '../../../src/core/history/searchTerms.ts';
import type { UserTurn } from '../../../src/shared/conversation.ts';
import { byPlace, type Shelf } from '../../../src/shared/storedConversations.ts';
import { allFound } from '../../support/allFound.ts';
import { imageOf } from '../../support/imageOf.ts';

const asked = (id: string): UserTurn => ({ id, role: 'user', createdAt: 0, intent: 'chat', text: '', excerpts: [] });

function setUp(path = ':memory:') {
  const store = openSqliteStore(path);
  let turns = 0;
  const add = (conversation: string, question: string, answer: string): void => {
    const said = { ...asked(`u${++turns}`), text: question };
    const answered: AnswerRecord = {
      id: `a${turns}`,
      role: 'assistant',
      createdAt: 0,
      model: 'm',
      content: [{ type: 'text', text: answer }],
      state: { phase: 'complete', stopReason: 'end_turn' },
    };
    store.write(appended(conversation, said, null));
    store.write(appended(conversation, answered, said.id));
    store.write([{ type: 'set', conversationId: conversation, parts: { title: question } }]);
  };
  const found = (query: string): string[] => allFound(store.history, query).map(({ id }) => id);
  const listed = (shelf: Shelf = 'current'): string[] => history.list({ shelf, limit: 10 }).map(({ id }) => id);
  const { history } = store;
  return { store, history, add, found, listed };
}

test('titles and contents are found in any script, by any part, in upper and lower case', () => {
  const { add, found } = setUp();
  add('tea', 'Which tea?', 'Sencha keeps for_a year; 100% sure.');
  add('ja', '注文を処理する関数', '関数 processOrder は注文');
  add('zh', '如何删除会话', '调用 history.mark(id)');
  for (const [query, expected] of [
    ['SENCHA', ['tea']],
    ['ench', ['tea']],
    ['for_a', ['tea']],
    ['100%', ['tea']],
    ['会話', []],
    ['注文', ['ja']],
    ['注', ['ja']],
    ['は注文', ['ja']],
    ['删除', ['zh']],
    ['history.mark(', ['zh']],
    ['keeps sencha', ['tea']],
    ['tea sencha', []],
    ['tea 注文', []],
    ['"keeps for_a"', ['tea']],
    ['"for_a keeps"', []],
    ['f_r', []],
    ['   ', []],
    ['"', []],
    ["'; DROP TABLE turns; --", []],
  ] as const) {
    assert.deepEqual(found(query), expected, query);
  }
});

test('a hit names the turn and shows the words around', () => {
  const { add, history } = setUp();
  add('c', 'question', `${'before '.repeat(40)}the needle ${'after '.repeat(40)}`);
  const [hit] = allFound(history, 'needle');
  assert.equal(hit?.turnId, 'a1');
  assert.match(hit.snippet ?? '', /^….*the needle after.*…$/);
});

test('pinned ones come first, archived ones are apart, deleted ones nowhere until they come back', () => {
  const { add, history, found, listed } = setUp();
  for (const id of ['one', 'two', 'three']) add(id, `Say ${id}`, 'same words');
  history.mark('one', { isPinned: true });
  assert.equal(listed()[0], 'one');
  history.mark('two', { isArchived: true });
  assert.deepEqual(listed('archived'), ['two']);
  assert.ok(!listed().includes('two'));
  assert.ok(found('same').includes('two'));
  history.mark('three', { isDeleted: true });
  assert.deepEqual(listed(), ['one']);
  assert.deepEqual(listed('deleted'), ['three']);
  assert.ok(!found('same').includes('three'));
  history.mark('three', { isDeleted: false });
  assert.deepEqual(new Set(listed()), new Set(['one', 'three']));
});

test('a list goes on behind any place of it, and leaves nothing out', () => {
  const { add, history } = setUp();
  for (const id of ['a', 'b', 'c', 'd', 'e']) add(id, `Say ${id}`, 'words');
  history.mark('b', { isPinned: true });
  history.mark('d', { isPinned: true });
  const whole = history.list({ shelf: 'current', limit: 10 });
  assert.deepEqual(whole.toSorted(byPlace), whole);
  for (const [at, after] of whole.entries()) {
    assert.deepEqual(history.list({ shelf: 'current', limit: 2, after }), whole.slice(at + 1, at + 3));
  }
});

test('of what is removed for good nothing is left in the file, and all else is', t => {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-history-'));
  const path = join(folder, 'conversations.sqlite');
  t.after(() => rmSync(folder, { recursive: true }));
  const { add, history, store, found } = setUp(path);
  const secret = 'Xylophonklang';
  add('kept', 'Which tea?', 'Sencha.');
  add('gone', `About ${secret}`, `${secret} and more words. `.repeat(5_000));
  const parts = { draft: secret.repeat(3_000), title: secret, attachments: [imageOf(secret)] };
  store.write([{ type: 'set', conversationId: 'gone', parts }]);
  store.write([{ type: 'set', conversationId: 'gone', parts: { draft: 'shorter' } }]);
  const holding = (): string[] =>
    readdirSync(folder).filter(name =>
      readFileSync(join(folder, name)).toString('latin1').toLowerCase().includes(secret.toLowerCase()),
    );
  assert.notDeepEqual(holding(), []);
  history.remove('gone');
  assert.deepEqual(holding(), []);
  assert.deepEqual([found('Sencha'), found(secret)], [['kept'], []]);
  store.close();
  const database = new DatabaseSync(path, { readOnly: true });
  const terms = database.prepare("SELECT term FROM trigrams WHERE term IN ('xyl', 'sen')").all();
  database.close();
  assert.deepEqual(
    terms.map(({ term }) => term),
    ['sen'],
  );
});

test('what stands far within a long text is shown in its sentence, in whatever case and script', () => {
  const { add, history } = setUp();
  const filler = '会話 and more words of it, 注文. '.repeat(500);
  add('first', 'one', `Needle at the start. ${filler}`);
  add('middle', 'two', `${filler}The Needle in the middle. ${filler}`);
  add('other', 'three', `${filler}The NEEDLE in capitals. ${filler}`);
  add('end', 'four', `${filler}The Needle at the end`);
  const snippets = Object.fromEntries(allFound(history, 'Needle').map(({ id, snippet }) => [id, snippet]));
  assert.match(snippets['first'] ?? '', /^Needle at the start\. .*…$/);
  assert.match(snippets['middle'] ?? '', /^….*The Needle in the middle\. .*…$/);
  assert.match(snippets['other'] ?? '', /^….*The NEEDLE in capitals\. .*…$/);
  assert.match(snippets['end'] ?? '', /^….*The Needle at the end$/);
});

test('of many turns that hold a word each conversation is found once, with its latest', () => {
  const { store, history } = setUp();
  for (const conversation of ['a', 'b']) {
    for (let at = 0; at < 700; at++) {
      const id = `${conversation}${at}`;
      const asked: UserTurn = { id, role: 'user', createdAt: 0, intent: 'chat', text: `word ${at}`, excerpts: [] };
      store.write(appended(conversation, asked, at === 0 ? null : `${conversation}${at - 1}`));
    }
  }
  const found = allFound(history, 'word').map(({ id, turnId }) => [id, turnId]);
  assert.deepEqual(Object.fromEntries(found), { a: 'a699', b: 'b699' });
});

test('a renamed conversation is found by its new title alone', () => {
  const { add, history, found } = setUp();
  add('c', 'first', 'words');
  history.rename('c', 'Überschrift');
  assert.deepEqual(found('überschrift'), ['c']);
});

test('titles are found by what they say, whatever it means to the database', () => {
  const { add, history, found } = setUp();
  add('c', 'first', 'words');
  history.rename('c', String.raw`100% of a_b in C:\Temp, ÄRGER und Größe, 注文`);
  for (const query of ['100%', 'a_b', String.raw`c:\temp`, 'ärger', 'GRÖSSE', 'größe TEMP', '注文 ärger 100%']) {
    assert.deepEqual(found(query), query === 'GRÖSSE' ? [] : ['c'], query);
  }
  for (const query of ['100_', 'a%b', 'aXb', String.raw`of\a`]) {
    assert.deepEqual(found(query), [], query);
  }
});

test('what a deleted turn said is not found', () => {
  const { add, store, found } = setUp();
  add('c', 'question', 'the needle');
  store.write([{ type: 'markDeleted', turnIds: ['a1'], isDeleted: true }]);
  assert.deepEqual(found('needle'), []);
});

test('a long search gives what is found so far, and all in the end', t => {
  const { add, history } = setUp();
  for (const id of ['one', 'two', 'three']) add(id, `Say ${id}`, 'same words');
  let time = 0;
  t.mock.method(performance, 'now', () => (time += 100));
  const steps = [...history.search('same', 10)].map(hits => hits.length);
  assert.deepEqual(steps, [1, 2, 3, 3]);
});

test('between the steps of a search another window writes and empties the log, and the search goes on', t => {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-search-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'conversations.sqlite');
  const here = setUp(path);
  t.after(() => here.store.close());
  for (const id of ['one', 'two', 'three']) here.add(id, `Say ${id}`, 'same words');
  const there = openSqliteStore(path);
  t.after(() => there.close());
  const database = new DatabaseSync(path);
  t.after(() => database.close());
  let time = 0;
  t.mock.method(performance, 'now', () => (time += 100));
  const search = here.history.search('same', 10);
  assert.equal(search.next().value?.length, 1);

  there.write([{ type: 'markDeleted', turnIds: ['a2'], isDeleted: true }]);
  there.write(appended('four', { ...asked('u9'), text: 'the same, too' }, null));
  assert.equal(database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'], 0, 'nothing is being read');
  here.store.write([{ type: 'set', conversationId: 'one', parts: { draft: 'written meanwhile' } }]);

  const rest = [...search].at(-1) ?? [];
  assert.deepEqual(rest.map(({ id }) => id).toSorted(), ['one', 'three']);
  assert.deepEqual(here.found('same').toSorted(), ['four', 'one', 'three']);
});

test('words of a query', () => {
  assert.deepEqual(searchTerms(' one  "two three" four“five six”'), ['one', 'two three', 'four', 'five six']);
  assert.deepEqual(searchTerms('a a'), ['a']);
  assert.equal(snippetOf('short\n text', [/none/]), 'short text');
});

test('what is found is marked in a line, each place once', () => {
  const marked = (text: string, query: string): string[] => {
    const marks = marksIn(text, searchTerms(query));
    return marks.flatMap((start, at) => (at % 2 === 0 ? [text.slice(start, marks[at + 1])] : []));
  };
  assert.deepEqual(marked('Tea, more tea and a teapot', 'tea'), ['Tea', 'tea', 'tea']);
  assert.deepEqual(marked('昨日の会話と会話', '会話'), ['会話', '会話']);
  assert.deepEqual(marked('abcdef', 'cde bcd'), ['bcde']);
  assert.deepEqual(marked('keeps for a year', '"for  a"'), ['for a']);
  assert.deepEqual(marked('f(x) + <b>', 'f(x <b'), ['f(x', '<b']);
  assert.deepEqual(marked('nothing here', 'tea'), []);
});
