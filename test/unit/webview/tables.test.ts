import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FakeElement } from '../../../harness/dom/fakeDom.ts';
import { nextOrder, sortedRows } from '../../../src/webview/markdown/tables/sortRows.ts';
import { tableAsCsv, tableAsMarkdown } from '../../../src/webview/markdown/tables/tableText.ts';
import { rendered } from './surroundings.ts';

function tableOf(source: string): FakeElement {
  const table = rendered(source).descendants.find(({ nodeName }) => nodeName === 'TABLE');
  assert.ok(table, 'there is a table');
  return table;
}

describe('A table is copied as Markdown that reads as the same table:', () => {
  for (const [what, source] of [
    ['marks', '| a | b |\n| --- | --- |\n| **1** and *2* | ~~3~~ |\n'],
    ['alignment', '| a | b | c |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |\n'],
    ['code with bars and backticks', '| a |\n| --- |\n| `x \\| y` and ``a`b`` |\n'],
    ['links', '| a |\n| --- |\n| [docs](https://example.com/a) and https://example.com/b |\n'],
    [
      'what looks like marks',
      '| a |\n| --- |\n| 2 \\* 3 \\| \\<b> < 3 \\[x\\] snake_case \\_x\\_ \\`q\\` ~5 \\~\\~y\\~\\~ $5 |\n',
    ],
    ['two dollar signs', '| a |\n| --- |\n| \\$x\\$ |\n'],
    ['formulas', '| a |\n| --- |\n| $x^2$ |\n'],
    ['broken lines and keys', '| a |\n| --- |\n| 1<br>2 <kbd>Ctrl</kbd> H<sub>2</sub> |\n'],
    ['an empty corner', '|  | a |\n| --- | --- |\n| b |  |\n'],
  ] as const) {
    test(what, () => {
      const table = tableOf(source);
      const copied = tableAsMarkdown(table);
      assert.equal(tableOf(copied).outerHTML, table.outerHTML);
      assert.equal(copied, source);
    });
  }
});

test('a table is copied as CSV with what is read in it, and nothing that a spreadsheet would run', () => {
  const source =
    '| Name | Says |\n|---|---|\n| **a**, b | "hi"<br>there |\n| $x^2$ | =1+2 |\n| `c` | [d](https://example.com) |\n';
  const expected = 'Name,Says\r\n"a, b","""hi""\nthere"\r\n$x^2$,\'=1+2\r\nc,d\r\n';
  assert.equal(tableAsCsv(tableOf(source)), expected);
});

describe('Rows are sorted by', () => {
  const sorted = (texts: string[], order: 'ascending' | 'descending' = 'ascending'): string[] =>
    sortedRows(texts, order, 'en').map(row => texts[row] ?? '');

  for (const [what, expected] of [
    ['numbers', ['-2', '9', '10', '10.5', '100']],
    ['numbers with parted thousands', ['999', '1,000', '12,345.5']],
    ['numbers with a decimal comma', ['1,25', '1,5', '10,5']],
    ['numbers with a unit', ['0.9 ms', '1.25 ms', '1.5 ms', '10 ms']],
    ['prices', ['$0.5', '$3', '$15']],
    ['percentages', ['0.5%', '7%', '42%']],
    ['a true minus', ['\u22123', '\u22121', '2']],
    ['exponents', ['1e-3', '2', '1e3']],
    ['words', ['apple', 'Banana', 'cherry']],
    ['words with numbers in them', ['item 2', 'item 10', 'item 100']],
    ['versions', ['1.2.9', '1.2.10', '1.10.0']],
    ['different units as words', ['1 KB', '2 ms', '3 KB']],
  ] as const) {
    test(what, () => {
      const mixed = expected.toReversed();
      assert.deepEqual(sorted(mixed), expected);
      assert.deepEqual(sorted([...expected], 'descending'), mixed);
    });
  }

  test('nothing where cells are empty: they are last either way, and equal ones stay in order', () => {
    assert.deepEqual(sortedRows(['b', '', 'a', ' ', 'a'], 'ascending', 'en'), [2, 4, 0, 1, 3]);
    assert.deepEqual(sortedRows(['b', '', 'a', ' ', 'a'], 'descending', 'en'), [0, 2, 4, 1, 3]);
  });

  test('nothing at the third time', () => {
    assert.deepEqual(sortedRows(['b', 'a'], undefined, 'en'), [0, 1]);
    assert.deepEqual(
      [nextOrder(undefined), nextOrder('ascending'), nextOrder('descending')],
      ['ascending', 'descending', undefined],
    );
  });
});
