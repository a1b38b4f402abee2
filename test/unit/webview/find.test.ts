import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssistantTurn, Turn } from '../../../src/shared/conversation.ts';
import { MarkdownText, piecesOf } from '../../../src/webview/find/markdownText.ts';
import { compile, matchesIn, type Query } from '../../../src/webview/find/query.ts';
import { Search } from '../../../src/webview/find/search.ts';
import { shownText } from '../../../src/webview/find/shownText.ts';
import { renderMarkdown } from '../../../src/webview/markdown/renderBlock.ts';
import { around } from './surroundings.ts';

const usual: Query = { term: '', matchCase: false, wholeWord: false, isRegex: false, codeOnly: false };

function shown(source: string): string {
  const reading = new MarkdownText(around).read(source);
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value.text;
  }
}

test('what is read is what is shown: no marks, one line for each block', () => {
  assert.equal(shown('Some **bold** text\nover [two](https://x.example) lines'), 'Some bold text over two lines');
  assert.equal(shown('# Title\n\n- one\n- two `code`\n\n> quoted'), 'Title\none\ntwo code\nquoted');
  assert.equal(shown('| a | b |\n| - | - |\n| c | d |'), 'a\nb\nc\nd');
  assert.equal(shown('```ts\nlet a;\nlet b;\n```\nafter'), 'let a;\nlet b;\nafter');
  assert.equal(
    shown('<details>\n<summary>one <kbd>two</kbd></summary>\nthree\n</details>\nfour'),
    'one two\nthree\nfour',
  );
  assert.equal(shown('one<br>two &amp; three'), 'one\ntwo & three');
});

test('a long text reads the same in pieces as in one', () => {
  const parts = [
    '# A',
    'Words **and** words. '.repeat(30),
    '- one\n\n- two\n\n  more',
    '```\n\ncode\n\n\nmore\n```',
    '> q',
  ];
  const source = Array.from({ length: 400 }, (_, at) => parts[at % parts.length]).join('\n\n');
  const container = around.document.createElement('div');
  renderMarkdown(container, source, around);
  assert.ok(piecesOf(source).length > 5);
  assert.equal(piecesOf(source).join(''), source);
  assert.equal(shown(source), shownText(container).text);
});

test('so does one with documents as code, and one with what folds', () => {
  const document = `~~~md\n${'~~~js\nlet a;\n~~~\n\nMore *words* of it.\n\n'.repeat(80)}~~~`;
  const folded = `<details>\n<summary>a</summary>\n\n${'Some *words* of it.\n\n'.repeat(400)}</details>`;
  for (const part of [document, folded]) {
    const source = Array.from({ length: 12 }, () => `${part}\n\nAnd **after** it.`).join('\n\n');
    const container = around.document.createElement('div');
    renderMarkdown(container, source, around);
    assert.equal(shown(source), shownText(container).text);
  }
});

test('only the last piece is drawn again when a text grows', () => {
  const paragraphs = Array.from({ length: 300 }, (_, at) => `Paragraph ${at} ${'word '.repeat(30)}`).join('\n\n');
  const text = new MarkdownText(around);
  const steps = (source: string): number => [...text.read(source)].length;
  assert.ok(steps(paragraphs) > 3);
  assert.equal(steps(`${paragraphs} and on`), 1);
  assert.equal(steps(`${paragraphs} and on`), 0);
});

function found(text: string, query: Partial<Query>, code: number[] = []): number[] | undefined {
  const pattern = compile({ ...usual, ...query });
  assert.ok(pattern.ok);
  return matchesIn({ text, code }, pattern, 100, () => 0);
}

test('a term is found as it is, with case and whole words where they are asked for', () => {
  assert.deepEqual(found('a.b A.B axb', { term: 'a.b' }), [0, 3, 4, 7]);
  assert.deepEqual(found('a.b A.B', { term: 'a.b', matchCase: true }), [0, 3]);
  assert.deepEqual(found('cat concat über überall', { term: 'cat', wholeWord: true }), [0, 3]);
  assert.deepEqual(found('über überall', { term: 'über', wholeWord: true }), [0, 4]);
  assert.deepEqual(found('[x] {y} (z)|/-^$', { term: '[x] {y} (z)|/-^$' }), [0, 16]);
  assert.deepEqual(found('call run() now run()', { term: 'run', codeOnly: true }, [5, 10]), [5, 8]);
});

test('a regular expression is found line by line', () => {
  assert.deepEqual(found('one\ntwo\nthree', { term: '^t\\w+$', isRegex: true }), [4, 7, 8, 13]);
  assert.deepEqual(found('aaa', { term: 'b*', isRegex: true }), [], 'an empty match is none');
  assert.deepEqual(compile({ ...usual, term: '(', isRegex: true }), { ok: false, problem: 'invalid' });
});

test('a pattern that could hold everything up is refused or given up', () => {
  for (const term of ['(a+)+$', '(a|aa)+$', '((a*)b?)*', '(\\w+\\s?)*$', '(?:x{1,})+', '.*.*.*x']) {
    assert.deepEqual(compile({ ...usual, term, isRegex: true }), { ok: false, problem: 'tooSlow' }, term);
  }
  for (const term of ['(ab)+', '\\w+\\s*=\\s*\\w+', '[(+*)]+x', '\\(+', '(?:foo|bar)', 'a{2,3}']) {
    assert.ok(compile({ ...usual, term, isRegex: true }).ok, term);
  }
  const pattern = compile({ ...usual, term: 'x', isRegex: true });
  let time = 0;
  assert.ok(pattern.ok);
  assert.equal(
    matchesIn({ text: 'a\nb\nc', code: [] }, pattern, 100, () => (time += 60)),
    undefined,
  );
});

const answer = (id: string, text: string): AssistantTurn => ({
  id,
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  blocks: [
    { type: 'thinking', text: `thinking of ${id}` },
    { type: 'text', text },
  ],
  state: { phase: 'complete', stopReason: 'end_turn' },
});

/** A search whose slices are run by hand. */
function searching() {
  let time = 0;
  const waiting: (() => void)[] = [];
  const search = new Search({
    around,
    later: work => {
      waiting.push(work);
      return () => waiting.splice(0);
    },
    now: () => (time += 1),
    changed: () => undefined,
  });
  const start = (turns: Turn[], term: string): void => {
    const pattern = compile({ ...usual, term });
    assert.ok(pattern.ok);
    search.start(pattern, turns, 0);
  };
  const finish = (): number => {
    let slices = 1;
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      work();
      slices++;
    }
    return slices;
  };
  return { search, start, finish };
}

test('matches are counted over all turns, in order, and found again by their position', () => {
  const { search, start, finish } = searching();
  const turns = Array.from({ length: 50 }, (_, at) => answer(String(at), `needle and **nee**dle ${at}`));
  start(turns, 'needle');
  assert.ok(search.isRunning);
  assert.ok(finish() > 3, 'in slices');
  assert.equal(search.total, 100);
  for (const ordinal of [0, 1, 57, 99]) {
    const match = search.at(ordinal);
    assert.ok(match);
    assert.equal(match.turnId, String(Math.floor(ordinal / 2)));
    assert.equal(search.ordinalOf(match), ordinal);
  }
  assert.equal(search.at(100), undefined);
  assert.equal(search.at(0)?.part.key, 'block 1');
});

test('a turn that changes is searched again, and no other', () => {
  const { search, start, finish } = searching();
  const turns = [answer('a', 'needle'), answer('b', 'needle')];
  start(turns, 'needle');
  finish();
  const [first] = turns;
  assert.ok(first);
  const before = search.inTurn('a');
  search.update([first, answer('b', 'needle needle'), answer('c', 'needle')]);
  finish();
  assert.equal(search.total, 4);
  assert.equal(search.inTurn('a'), before);
  search.update([first]);
  finish();
  assert.equal(search.total, 1);
});

test('thinking is found, with what opens it', () => {
  const { search, start, finish } = searching();
  start([answer('a', 'text')], 'thinking of');
  finish();
  assert.deepEqual(search.at(0)?.part.opens, ['thinking 0']);
});

test('what is not drawn at once is found, with what shows it, from the outside in', () => {
  const { search, start, finish } = searching();
  const texts = Array.from({ length: 1_000 }, (_, index) => `block number ${index}.`);
  const turn: AssistantTurn = { ...answer('a', ''), blocks: texts.map(text => ({ type: 'thinking', text })) };
  for (const [term, opens] of [
    ['number 0.', ['thinking 0']],
    ['number 520.', ['portion 500', 'thinking 520']],
    ['number 999.', ['thinking 999']],
  ] as const) {
    start([turn], term);
    finish();
    assert.deepEqual(search.at(0)?.part.opens, opens);
  }
  start([answer('b', `${'Some words.\n\n'.repeat(60_000)}The end.`)], 'The end.');
  finish();
  assert.deepEqual(search.at(0)?.part.opens, ['rest of block 1']);
});
