import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Lexer } from 'marked';
import { lex } from '../../../src/webview/markdown/lex.ts';
import { StreamingMarkdown } from '../../../src/webview/markdown/streamingMarkdown.ts';
import type { DomText } from '../../../src/webview/markdown/dom.ts';
import { fakeDocument, FakeElement } from '../../../harness/dom/fakeDom.ts';
import { around, rendered } from './surroundings.ts';

const units = [
  '[^1] ',
  '[^',
  '[^1]: ',
  '*a **b ',
  '*a _b ',
  'a*',
  '*a*',
  '**a ',
  '_a ',
  '~~a ',
  '[a](',
  '![',
  '`a ``b ',
  '<a ',
  '$a ',
  '\\',
];

for (const unit of units) {
  test(`${unit} repeated: twice the text is twice the work of reading it`, t => {
    const work = (characters: number): number => runsRead(t, () => lex(repeated(unit, characters)));
    const [once, twice] = [work(12_000), work(24_000)];
    assert.ok(twice <= 2.1 * once, `${once}, ${twice}`);
  });

  test(`${unit} repeated: twice the answer is at most about twice the reading while it arrives`, t => {
    const work = (characters: number): number => charactersRead(t, () => streamed(repeated(unit, characters)));
    const [once, twice] = [work(3_000), work(6_000)];
    assert.ok(twice <= 2.3 * once, `${once}, ${twice}`);
  });
}

for (const unit of ['x', 'const a ', '`', ' ', '``` ', '    ```']) {
  const endless = (characters: number): string => `\`\`\`ts\n${repeated(unit, characters)}`;

  test(`a line of code that goes on with ${unit} repeated: twice the line is twice the reading`, t => {
    const work = (characters: number): number => charactersSearched(t, () => streamed(endless(characters)));
    const [once, twice] = [work(4_000), work(8_000)];
    assert.ok(twice <= 2.1 * once, `${once}, ${twice}`);
  });

  test(`a line of code that goes on with ${unit} repeated: twice the line is twice the writing`, t => {
    const work = (characters: number): number => charactersRewritten(t, () => streamed(endless(characters)));
    const [once, twice] = [work(4_000), work(8_000)];
    assert.ok(twice <= 2.1 * once, `${once}, ${twice}`);
  });
}

for (const unit of ['- a\n', '- *a\n', '1. a\n   b\n', '| a |\n']) {
  const long = (characters: number): string =>
    `| a |\n|---|\n`.repeat(Number(unit.startsWith('|'))) + repeated(unit, characters);

  test(`${JSON.stringify(unit)} repeated: an item costs the same, however many are there`, t => {
    const read = (characters: number): number => charactersRead(t, () => streamed(long(characters)));
    const looked = (characters: number): number => childrenCounted(t, () => streamed(long(characters)));
    for (const work of [read, looked]) {
      const [once, twice] = [work(12_000), work(24_000)];
      assert.ok(twice <= 2.1 * once, `${once}, ${twice}`);
    }
  });
}

for (const unit of [
  '<kbd>',
  '<sub>a</sup> ',
  '<details>\n',
  '<details>\n<summary>a</summary>\n\n',
  '```md\n```js\n',
  '<script>\n\n',
  '<details>\na</details>\n',
  '<details>\n\n`',
]) {
  test(`${JSON.stringify(unit)} repeated: twice the answer is about twice the reading, also within what folds`, t => {
    const work = (characters: number): number =>
      charactersRead(t, () => streamed(repeated(unit, characters)), 'blockTokens');
    const [once, twice] = [work(6_000), work(12_000)];
    assert.ok(twice <= 2.3 * once, `${once}, ${twice}`);
  });
}

test('of a text of marks so much is read as takes milliseconds, and the rest stays as it was written', t => {
  const work = (characters: number): number => runsRead(t, () => lex(repeated('a*', characters)));
  assert.equal(work(60_000), work(120_000));
  const [paragraph] = rendered(`${repeated('a*', 60_000)}, **end**`).children;
  assert.match(paragraph?.innerHTML ?? '', /^a<em>a<\/em>a<em>/);
  assert.match(paragraph?.textContent ?? '', /a\*a\*a\*a\*, \*\*end\*\*$/);
  assert.equal(paragraph?.textContent.match(/a/g)?.length, 30_000);
});

test('a line with back slashes: twice the line is twice the comparing with what is shown', t => {
  const compared = (characters: number): number => {
    const compare = t.mock.method(String.prototype, 'startsWith');
    withoutStacks(() => streamed(repeated('C:\\bin\\1 \\d+ ', characters)));
    const sum = compare.mock.calls.reduce((all, call) => all + String(call.this).length, 0);
    compare.mock.restore();
    return sum;
  };
  const [once, twice] = [compared(7_000), compared(14_000)];
  assert.ok(once > 0 && twice <= 2.1 * once, `${once}, ${twice}`);
});

test('a text without a blank is cut into pieces without going back to its start', t => {
  const searched = (characters: number): number => {
    const { mock } = t.mock.method(String.prototype, 'lastIndexOf');
    lex(repeated('a*b', characters));
    const steps = mock.calls.map(call => {
      const start = Math.min(call.arguments[1] ?? Infinity, String(call.this).length);
      return start - (call.result ?? -1);
    });
    mock.restore();
    return steps.reduce((sum, each) => sum + each);
  };
  const [once, twice] = [searched(60_000), searched(120_000)];
  assert.ok(once > 0 && twice <= 2.1 * once, `${once}, ${twice}`);
});

test('emphasis that opens and never ends is shown as it is written, and what follows is read', () => {
  const hostile = '*a **b '.repeat(4_000);
  const shown = rendered(`${hostile}\n\n# Next **one**`);
  assert.ok(shown.children[0]?.textContent.trim() === hostile.trim());
  assert.equal(shown.children[1]?.innerHTML, 'Next <strong>one</strong>');
});

test('a long paragraph with many marks that belong together keeps all its emphasis', () => {
  const words = Array.from({ length: 150 }, (_, index) => `some words and **bold ${index}**, *and* more`);
  const [paragraph] = rendered(words.join(' ')).children;
  assert.equal(paragraph?.innerHTML.match(/<strong>/g)?.length, 150);
  assert.equal(paragraph.innerHTML.match(/<em>/g)?.length, 150);
});

for (const [name, source] of [
  ['quotes', `${'> '.repeat(10_000)}words`],
  ['lists in one line', `${'- '.repeat(10_000)}words`],
  ['lists in many lines', Array.from({ length: 500 }, (_, level) => `${' '.repeat(level * 2)}- words`).join('\n')],
  ['keys', `${'<kbd>'.repeat(5_000)}words${'</kbd>'.repeat(5_000)}`],
  ['folds', `${'<details>\n<summary>a</summary>\n'.repeat(5_000)}words${'</details>\n'.repeat(5_000)}`],
  ['emphasis', `${'*a '.repeat(5_000)}words${' a*'.repeat(5_000)}`],
] as const) {
  test(`${name} that are nested without end are drawn some levels deep, and their words with them`, () => {
    const shown = rendered(source);
    assert.ok(depthOf(shown) < 80, String(depthOf(shown)));
    assert.match(shown.textContent, /words/);
  });
}

test('text that waits to be read is shown all the same', () => {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  const source = 'a *b '.repeat(2_000);
  for (let at = 0; at < source.length; at += 20) {
    markdown.append(source.slice(at, at + 20));
    assert.ok(wordsOf(container.textContent) === wordsOf(source.slice(0, at + 20)), String(at));
  }
  markdown.finish();
  assert.ok(container.innerHTML === rendered(source).innerHTML);
});

/** Without blanks and marks. */
function wordsOf(text: string): string {
  return text.replace(/[\s*]/g, '');
}

/** Steps that the library takes for runs of text, where each character may look at all of its run. */
function runsRead({ mock }: TestContext, work: () => void): number {
  const read = mock.method(Lexer.prototype, 'inlineTokens');
  withoutStacks(work);
  const steps = read.mock.calls.reduce((sum, { arguments: [source] }) => sum + source.length ** 2, 0);
  read.mock.restore();
  return steps;
}

/** Children of all lists of children that are asked for: to give one of them, a browser may walk along all. */
function childrenCounted({ mock }: TestContext, work: () => void): number {
  let count = 0;
  const counted = mock.getter(FakeElement.prototype, 'children', function (this: FakeElement) {
    count += this.childNodes.length;
    return this.childNodes.filter(node => node instanceof FakeElement);
  });
  withoutStacks(work);
  counted.mock.restore();
  return count;
}

/** Characters that the library is given to read while an answer arrives. */
function charactersRead({ mock }: TestContext, work: () => void, by: 'lex' | 'blockTokens' = 'lex'): number {
  const read = mock.method(Lexer.prototype, by);
  withoutStacks(work);
  const characters = read.mock.calls.reduce((sum, { arguments: [source] }) => sum + source.length, 0);
  read.mock.restore();
  return characters;
}

/** Characters of all strings that are searched by what code is read with, whether or not they were searched before. */
function charactersSearched({ mock }: TestContext, work: () => void): number {
  let characters = 0;
  const counted = [
    ...(['indexOf', 'replace'] as const).map(name => {
      const method: (...given: never[]) => unknown = String.prototype[name];
      return mock.method(String.prototype, name, function (this: string, ...given: unknown[]): unknown {
        characters += this.length;
        return Reflect.apply(method, this, given);
      });
    }),
    mock.method(RegExp.prototype, 'test', function (this: RegExp, text: string) {
      characters += text.length;
      return this.exec(text) !== null;
    }),
  ];
  withoutStacks(work);
  for (const { mock: method } of counted) method.restore();
  return characters;
}

/** Characters of the texts that are added to: a browser copies such a text. */
function charactersRewritten({ mock }: TestContext, work: () => void): number {
  const prototype = Object.getPrototypeOf(fakeDocument.createTextNode('')) as DomText;
  const append = mock.method(prototype, 'appendData');
  let characters = 0;
  append.mock.mockImplementation(function (this: DomText, text: string) {
    this.data += text;
    characters += this.data.length;
  });
  withoutStacks(work);
  append.mock.restore();
  return characters;
}

/** A mock keeps the stack of every call, which costs more than the call. */
function withoutStacks(work: () => void): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function streamed(source: string): void {
  const markdown = new StreamingMarkdown(new FakeElement('div'), around);
  for (let at = 0; at < source.length; at += 20) markdown.append(source.slice(at, at + 20));
  markdown.finish();
}

function repeated(unit: string, characters: number): string {
  return unit.repeat(characters / unit.length);
}

function depthOf(element: FakeElement): number {
  return 1 + Math.max(0, ...element.children.map(depthOf));
}
