import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StreamingMarkdown } from '../../../src/webview/markdown/streamingMarkdown.ts';
import { checkStream } from './checkStream.ts';
import { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { around, rendered } from './surroundings.ts';

const documents: Record<string, string> = {
  prose:
    'First **bold** and `code`.\nStill first.\n\nSecond with [a link](https://example.com/x) and *more*.\n\nThird.',
  headings: '# One\ntext\n## Two\n\ntext\nSetext\n===\nAnother\n---\n\n### Three\n#### Four\nend',
  lists: 'Intro:\n- one\n- two **b**\n  - nested\n  - more\n- three\n\n1. a\n2. b\n3. c\n4. d\n\ntext\n* x\n+ y\n5) z',
  'a list that turns loose late': '- one\n- two\n- three\n- four\n- five\n\n- six\n- seven\n\nend',
  'a list with code':
    '1. First:\n\n   ```js\n   let a = 1;\n\n   let b;\n   ```\n\n2. Second\n3. Third\n4. Fourth\n   lazy\nlazier\n\nend',
  tables: 'Before\n\n| a | b |\n|---|:-:|\n| 1 | `x` |\n| 2 | **y** |\n| 3 | z |\n| 4 | |\n| 5 | w |\n\nAfter | not\n',
  fences:
    'A\n```ts\nlet a = 1;\n\n  indented ``` not a fence\n```\nB\n~~~\n```\n~~~~\nC\n````md\n```\ninner\n```\n````\n',
  'an indented fence': 'A\n\n  ```py\n  def f():\n      pass\n ```\n\nB',
  'a fence that never closes': 'A\n\n```js\nlet a;\n``\nlet b;\n``',
  'a document with blocks of code in it':
    '```md\n# T\n```js\nx\n```\nend\n```\nafter\n\n````markdown title\n```js\na\n```\n````md\n```\n````\n````\n\nB\n\n~~~md\n```js\n~~~ts\nc\n~~~\n~~~\n\nC\n',
  'a document in a list': '- A\n  ```md\n  ```js\n  x\n  ```\n  end\n  ```\n- B\n',
  'a document with a block that stays open': 'A\n\n```md\n```js\nx\n```\n\nB **c**\n\n- d\n\ne\n',
  'a fence at the very start': '```\n\n```\n\n```x\n```\nafter',
  'quotes and rules': '> a\n> b\nlazy\n\n> - c\n>   d\n> ```\n> code\n> ```\n\n---\n***\n\ntext\n___\n',
  'indented code': 'text\n\n    code\n\n    more\n\nend\n    not code',
  html: '<div>\n<b>x</b>\n\n</div>\n\n<!-- a\n\nb -->\ntext <a href="x">https://example.com</a>\n\nhttps://example.com\n\n<pre>\n*x*\n</pre>\n\nend',
  'HTML that is built':
    'Press <kbd>Ctrl</kbd>+<kbd>**C**</kbd>, H<sub>2</sub>O, x<sup>n*m*</sup> <kbd>never closed, </sub> a <br>b<br/>c <b>d</b> `<kbd>e</kbd>`\n\n<kbd>F</kbd> at the start\n\n<br>\n\n<sub>\nsmall\n</sub>\n\n| a<br>b | <kbd>g</kbd> |\n|---|---|\n| <sup>1</sup> | 2 |\n\n- <kbd>h</kbd> i\n- j<br>k\n\nend',
  // By itself, since the cost of every cut grows with the square of the length.
  'HTML that is built in a long paragraph': '- <kbd>h</kbd> i\n- j<br>k\n\nend '.concat(
    'of a long paragraph, '.repeat(12),
    '<kbd>with keys that are long enough to be cut in the middle of them</kbd> ',
    'and more of it, '.repeat(12),
  ),
  'text that folds':
    'A\n<details>\n<summary>B <sub>1</sub> **c** `d`</summary>\n\nE **f**\n\n- g\n- h\n\n```html\n</details>\n```\n\n`</details>` i\n\n| j |\n|---|\n| k |\n\n</details>\n\nL\n\n<details open><summary>M</summary>n</details>\n\n<details>\n\nO\n\n</details> p\n\nend',
  'texts that fold within each other':
    '<details>\n<summary>A</summary>\n\nB\n\n<details>\n<summary>C</summary>\n\nD\n</details>\n\nE\n</details>\nF\n\n- G\n  <details>\n  <summary>H</summary>\n\n  I\n\n  </details>\n- J\n\n> <details>\n> <summary>K</summary>\n>\n> L\n> </details>\n\nend',
  'text that folds and never ends': 'A\n\n<DETAILS class="x">\n<Summary>B</Summary>\nC\n\n```md\n```js\nx\n```\nD\n\nE',
  'tags that fold nothing':
    'A\n\n<details> is an element\n\n<detail>\n\n<details>\n\n<summary>B\n\nC\n\n</details>\n\n</details>\n\n<summary>D</summary>\n\nE',
  'blocks of HTML that would go on':
    '<script>\nlet a;\n\n**b**\n\n<pre>\n c\n\n- d\n\n<!-- e\n\nf -->\n\n<?x\n\ng\n\n<div>\n**h**\n\n**i**\n</div>\n',
  'definitions in text that folds':
    '[a]\n\n<details>\n<summary>[b]</summary>\n\n[c] [a]\n\n[a]: https://example.com/a\n[d]: https://example.com/d\n\n</details>\n\n[b]: https://example.com/b\n[c]: https://example.com/c\n\n[d]',
  'definitions before their use': '[a]: https://example.com\n\nsee [a] and [b]\n\nmore [a]\n\nend',
  'definitions after their use':
    'see [a], [later][b]\n\nsecond\n\nthird\n\n[a]: https://example.com\n[b]: https://example.org "t"\n\nend',
  'Chinese, Japanese and Korean':
    '这**「甲」**乙，**甲。**乙。用**`a`**装，**가(a)**는 甲*「乙」*丙 甲~~「乙」~~丙\n\n约3~5天（见 https://example.com/a，再看）\n\n- **注意：**请看`x`。\n- 「**終わり**」です\n\n終',
  'definitions that nothing uses':
    '[TODO]: fix\n\nx[^1]\n\n[^1]: RFC2119\n\nLinks:\n\n[1]: https://example.com/a\n\nend',
  footnotes:
    'A[^1] and **b[^Long-er]**: [^1], [^2]: no `[^1]` \\[^1] [x[^1]](y) [^no one]\n\n- c[^3]\n\n| d[^1] |\n|---|\n| e |\n\n[^1]: One **1** src/a.ts\n[^2]: Two [^1]\n\n[^long-er]: Three,\n    more[^1]\n\n> [^3]: Four\n\n- [^4]: f\n\n[^]: g [^^]: h [^ 1]: [^1',
  'a footnote in a long paragraph': 'word '
    .repeat(60)
    .concat('[^1] ', 'more '.repeat(60), '\n[^1]: ', 'and '.repeat(60)),
  'code with bars in tables':
    '| op | use |\n|---|---|\n| `a || b` | or |\n| `x | y` | a ` b |\n| plain | c |\n| ``d | ` e`` | f |\n| last | g |\n\nend',
  'line ends of all kinds': 'a\r\nb\r\n\r\n- c\r\n- d\r\n\r\n```\r\ne\r\n```\rf\r\rg',
  'odds and ends':
    '\n\n  a  \nb\\\nc\n\n* * *\n\n\\*no\\* &amp; &#65; 2*3*4 snake_case_word\n\n[x](y) ![i](https://e.x/i.png)\n\n- [x] t\n- [ ] u\n\n\n',
  paths:
    'In src/a.ts:12 and `b.ts:3-4`, **c.ts**, [d](src/d.ts#L1)\n\n- src/e.ts, then f.ts\n- g.json:1:2\n\n| a.ts |\n|---|\n| `b/c.ts` |\n\n注文はsrc/注文.tsにあります e.g. 1.2.3\n\nend. x.ts',
  math: 'Let $x^2$ and \\(a_1\\), *not* $5 or $6.\n\n$$\n\\frac{a}{b}\n= c\n- d\n$$\n\nso\n\\[\nx_1 * y_2 * z\n\\]\nand $$y$$ too\n\n- item $z$\n- item \\[q\\]\n- \\(open\n- next\n\nend $a_b$',
  'math that never ends': 'One \\(x_1 *y\n\n$$\na\n\n- b_1\n\n$a_b *c* and\n\n\\[\n- x',
  'code and math alike': '`$a$` $`b`$ ```\n\n```tex\n$x$\n$$\n```\n\n    $$\n    x\n    $$\n\nend',
  'code of many languages':
    '```python\ndef f(x):\n    # doc\n    return None\n```\n\n- item\n\n  ```json\n  {"a": 1}\n  ```\n- next\n\n> ```sh\n> echo $HOME # a\n> ```\n\n```ts\nconst a = `b${c}`; // d\n``',
  'right to left': 'مرحبا **عالم** و `code`\n\n- واحد\n- اثنان\n\nEnd 日本語 👩‍👩‍👧 text',
};

describe('At the end the document equals a full render, and before it only the last block changes:', () => {
  for (const [name, source] of Object.entries(documents)) {
    test(`${name}, character by character`, () => checkStream(source, 1));
    test(`${name}, in pieces of seven`, () => checkStream(source, 7));
  }
});

test('what is cut at any one place ends the same', () => {
  for (const source of Object.values(documents)) {
    const whole = rendered(source).innerHTML;
    for (let cut = 0; cut <= source.length; cut++) {
      const container = new FakeElement('div');
      const markdown = new StreamingMarkdown(container, around);
      markdown.append(source.slice(0, cut));
      markdown.append(source.slice(cut));
      markdown.finish();
      assert.equal(container.innerHTML, whole);
    }
  }
});

test('what is stopped at any place equals a full render of what had arrived', () => {
  for (const source of Object.values(documents)) {
    for (let end = 0; end <= source.length; end++) {
      const container = new FakeElement('div');
      const markdown = new StreamingMarkdown(container, around);
      // In pieces where it stops; those before come to the same, as the tests around this one say.
      const pieces = Math.max(0, end - 25);
      markdown.append(source.slice(0, pieces));
      for (let at = pieces; at < end; at += 5) markdown.append(source.slice(at, Math.min(at + 5, end)));
      markdown.finish();
      assert.equal(container.innerHTML, rendered(source.slice(0, end)).innerHTML);
    }
  }
});

test('what is shown does not depend on the pieces in which it came', () => {
  // Spaces at an end are not seen, and colours come when code is known to be over.
  const shownOf = (container: FakeElement): string =>
    container.innerHTML.replace(/<\/?span[^>]*>/g, '').replace(/\s+(?=<|$)/g, '');
  for (const [name, source] of Object.entries(documents)) {
    // A definition changes what stands before it, which may be done by then and is mended at the end.
    if (name.startsWith('definitions')) continue;
    const container = new FakeElement('div');
    const markdown = new StreamingMarkdown(container, around);
    for (let end = 1; end <= source.length; end++) {
      markdown.append(source.charAt(end - 1));
      const atOnce = new FakeElement('div');
      new StreamingMarkdown(atOnce, around).append(source.slice(0, end));
      assert.equal(shownOf(container), shownOf(atOnce), JSON.stringify(source.slice(0, end)));
    }
  }
});

describe('A long paragraph keeps the words that are done, and ends as a full render has it:', () => {
  const words = Array.from({ length: 120 }, (_, index) => `word${index} **bold ${index}** and \`code\` (${index}),`);
  const cases: [name: string, source: string][] = [
    ['on one line', words.join(' ')],
    ['on many lines', words.join('\n')],
    ['before another block', `${words.join(' ')}\n\n- item\n`],
    ['that turns into a heading', `${words.join(' ')}\n===\nend`],
    ['that turns into a table', `${words.join(' ')} | b\n|---|---|\n| c | d |\n`],
    ['with a mark that opens early and closes late', `*open ${words.join(' ')} close*`],
    [
      'with a bracket that opens early',
      `[open ${words.slice(0, 60).join(' ')}](https://example.com) ${words.join(' ')}`,
    ],
    [
      'with brackets and marks that are none',
      words.map((word, index) => `a[${index}] 2 * ${index} snake_case ${word}`).join(' '),
    ],
    ['behind a list', `- a\n- b\n\n${words.join(' ')}\n- c`],
    ['with hard line breaks', words.join('  \n')],
  ];
  for (const [name, source] of cases) test(name, () => checkStream(source, 13));

  test('the first word keeps its node', () => {
    const container = new FakeElement('div');
    const markdown = new StreamingMarkdown(container, around);
    for (const word of words.slice(0, 60)) markdown.append(`${word} `);
    const first = container.children[0]?.childNodes[0];
    for (const word of words.slice(60)) markdown.append(`${word} `);
    assert.equal(container.children[0]?.childNodes[0], first);
  });
});

test('code that grows keeps its element', () => {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  markdown.append('```ts\nlet a;\n');
  const [block] = container.children;
  for (let line = 0; line < 100; line++) markdown.append(`let a${line};\n`);
  markdown.append('```\n\nafter');
  markdown.finish();
  assert.equal(container.children[0], block);
  assert.match(container.textContent, /let a99;after$/);
});

test('what the reader unfolds stays unfolded, whatever arrives in it and behind it', () => {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  markdown.append('<details>\n<summary>A</summary>\n\nsome [words]');
  const [details] = container.children;
  assert.equal(details?.nodeName, 'DETAILS');
  details.setAttribute('open', '');
  // A definition behind it has all of it drawn again.
  markdown.append(' and more\n\n</details>\n\n[words]: https://example.com\n');
  markdown.finish();
  assert.equal(container.children[0], details);
  assert.equal(details.getAttribute('open'), '');
  assert.match(details.innerHTML, /<a href="https:\/\/example\.com\/"/);
});

test('what the reader has set on a block stays when its closing fence arrives', () => {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  markdown.append('```ts\nlet a;\n');
  const [block] = container.children;
  block?.setAttribute('data-collapsed', '');
  block?.setAttribute('data-readers-own', 'data-collapsed');
  block?.setAttribute('data-other', '');
  markdown.append('```\n\nafter\n\nend');
  markdown.finish();
  assert.equal(container.children[0], block);
  assert.equal(block?.getAttribute('data-collapsed'), '');
  assert.equal(block.getAttribute('data-other'), null);
});

describe('lines that the reader has wrapped stay so, whenever that was', () => {
  const cases: [name: string, source: string][] = [
    ['in a fence', 'a\n\n```ts\nlet a;\nlet b;\n```\n\nafter\n\nend [x].\n\nmore'],
    ['in a fence of tildes', '~~~ts\nlet a;\n~~~\n\nend\n\nx'],
    ['in a fence around another', '````md\n```ts\nlet a;\n```\n````\n\nend'],
    ['in a list that turns loose', '1. one\n   ```ts\n   let a;\n   ```\n2. two\n3. three\n\n4. loose\n\nend'],
    ['in a quote', '> q\n> ```ts\n> let a;\n> let b;\n> ```\n> more\n\nend'],
    ['in indented code', 'a\n\n    let a;\n    let b;\n\nend\n\nend'],
    ['above a definition', 'a [x]\n\n```ts\nlet a;\n```\n\nafter\n\n[x]: https://example.com\n'],
    ['below one that goes', '[x]: https://example.com\n\n```ts\nlet a;\n```\n\nafter [x]\n\nend\n'],
  ];
  for (const [name, source] of cases) {
    test(name, () => {
      const find = (container: FakeElement, key: string, value: string): FakeElement | undefined =>
        container.descendants.find(element => element.getAttribute(key) === value);
      let wrapped = 0;
      for (let cut = 1; cut < source.length; cut++) {
        const container = new FakeElement('div');
        const markdown = new StreamingMarkdown(container, around);
        for (const character of source.slice(0, cut)) markdown.append(character);
        const block = find(container, 'class', 'code-block');
        const button = find(container, 'data-code', 'wrap');
        if (!block || !button) continue;
        wrapped += 1;
        block.setAttribute('data-wrapped', '');
        block.setAttribute('data-readers-own', 'data-wrapped');
        button.setAttribute('aria-pressed', 'true');
        button.setAttribute('data-readers-own', 'aria-pressed');
        for (const character of source.slice(cut)) markdown.append(character);
        markdown.finish();
        assert.equal(find(container, 'class', 'code-block'), block, `the block, cut at ${cut}`);
        assert.equal(block.getAttribute('data-wrapped'), '', `cut at ${cut}`);
        assert.equal(find(container, 'data-code', 'wrap')?.getAttribute('aria-pressed'), 'true', `cut at ${cut}`);
      }
      assert.ok(wrapped > 5);
    });
  }
});

test('a half-typed closing fence is not shown', () => {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  markdown.append('```\ncode\n``');
  assert.equal(container.textContent, 'code');
});

test('a long list and a long table keep the items that are done', () => {
  for (const [head, item] of [
    ['', '- item\n'],
    ['| a |\n|---|\n', '| b |\n'],
  ] as const) {
    const container = new FakeElement('div');
    const markdown = new StreamingMarkdown(container, around);
    markdown.append(head + item.repeat(3));
    const first = container.descendants.findLast(({ nodeName }) => nodeName === 'LI' || nodeName === 'TR');
    markdown.append(item.repeat(50));
    assert.ok(first && container.descendants.includes(first));
  }
});

describe('Open marks are closed for display:', () => {
  const cases: [arrived: string, shown: string][] = [
    ['a **bo', 'a <strong>bo</strong>'],
    ['a **bold*', 'a <strong>bold</strong>'],
    ['a **', 'a'],
    ['a `co', 'a <code dir="ltr">co</code>'],
    ['a `', 'a'],
    ['a *it', 'a <em>it</em>'],
    ['a ~~de', 'a <del>de</del>'],
    ['**a *b', '<strong>a <em>b</em></strong>'],
    ['`**` and **b', '<code dir="ltr">**</code> and <strong>b</strong>'],
    ['a [link](https://exa', 'a link'],
    ['2*3 and snake_case', '2*3 and snake_case'],
    ['2 * 3', '2 * 3'],
  ];
  for (const [arrived, shown] of cases) {
    test(JSON.stringify(arrived), () => {
      const container = new FakeElement('div');
      new StreamingMarkdown(container, around).append(arrived);
      assert.equal(container.children[0]?.innerHTML, shown);
    });
  }

  test('in a list item and in a table cell', () => {
    const container = new FakeElement('div');
    const markdown = new StreamingMarkdown(container, around);
    markdown.append('- a\n- **b');
    assert.match(container.innerHTML, /<strong>b<\/strong>/);
    markdown.append('**\n\n| a |\n|---|\n| `c');
    assert.match(container.innerHTML, /<code dir="ltr">c<\/code>/);
  });
});

test('a paragraph is no heading while a list below it begins', () => {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  for (const character of 'Here:\n- one') {
    markdown.append(character);
    assert.equal(container.children[0]?.nodeName, 'P');
  }
});

describe('The head of a table is never shown as text:', () => {
  const rows = '| Name | **Val** |\n| :-- | ---: |\n| a | 1 |\n| b | 2 |\n';
  const quoted = rows.trimEnd().replace(/^/gm, '> ');
  for (const [name, source] of [
    ['alone', rows],
    ['right below text', `Here:\n${rows}`],
    ['behind text', `Here:\n\n${rows}\nend`],
    ['in a quote', quoted],
    ['of columns that are named later', rows.replace('| Name |', '| |')],
    ['above marks without outer bars', 'a\n\n| Name | Val |\n--- | ---\nb | c\n'],
  ] as const) {
    test(name, () => {
      const container = new FakeElement('div');
      const markdown = new StreamingMarkdown(container, around);
      for (const character of source) {
        markdown.append(character);
        const hasHead = container.descendants.some(({ nodeName }) => nodeName === 'TH');
        assert.doesNotMatch(container.textContent, hasHead ? /\|/ : /\||Na|Val/);
      }
      markdown.finish();
      assert.equal(container.innerHTML, rendered(source).innerHTML);
    });
  }

  const arrived = (source: string): string => {
    const container = new FakeElement('div');
    const markdown = new StreamingMarkdown(container, around);
    for (const character of source) markdown.append(character);
    return container.textContent;
  };

  test('its rows are shown as they arrive', () => {
    assert.match(arrived(`${rows}| c`), /c$/);
    assert.match(arrived(`${quoted}\n> | c`), /c$/);
    assert.match(arrived('| a |\n|---|\n| b | c |\n| d'), /d$/);
  });

  test('a line that begins with a bar and is no head is shown once that is known', () => {
    assert.equal(arrived('|x| is'), '');
    assert.equal(arrived('|x| is\nsaid'), '|x| is\nsaid');
    assert.equal(arrived('|x| is\n\n'), '|x| is');
    assert.match(arrived(`|x| is ${'one of many words '.repeat(5)}`), /^\|x\| is one/);
  });
});

test('the cost of a delta does not grow with the answer', () => {
  const created = (count: number): number => {
    let elements = 0;
    const document = {
      ...around.document,
      createElement: (name: string) => {
        elements++;
        return around.document.createElement(name);
      },
    };
    const markdown = new StreamingMarkdown(new FakeElement('div'), { ...around, document });
    for (let index = 0; index < count; index++) markdown.append('A paragraph.\n\n- one\n- two\n\n');
    return elements;
  };
  assert.ok(created(400) < 11 * created(40));
});

test('the text of a long paragraph is one node, however often a part of it was settled', () => {
  const container = new FakeElement('div');
  const markdown = new StreamingMarkdown(container, around);
  const text = 'C:\\bin\\run \\d+\\.\\w and more of it, '.repeat(60).trimEnd();
  for (let at = 0; at < text.length; at += 20) {
    markdown.append(text.slice(at, at + 20));
    const [paragraph] = container.children;
    assert.ok((paragraph?.childNodes.length ?? 0) <= 1, `${paragraph?.childNodes.length} nodes at ${at}`);
  }
  markdown.finish();
  assert.equal(container.textContent, text.replaceAll('\\.', '.'));
});
