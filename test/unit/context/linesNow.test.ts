import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesNow, stillHolds } from '../../../src/core/context/linesNow.ts';

const excerpt = (code: string, startLine = 1) => ({
  path: 'a.ts',
  uri: 'file:///a.ts',
  languageId: 'ts',
  startLine,
  endLine: startLine + code.split('\n').length - 1,
  code,
});

test('a file is as it was whatever its line ends and the break at its end', () => {
  const whole = { subject: 'file', excerpt: excerpt('a\nb') } as const;
  for (const same of ['a\nb', 'a\nb\n', 'a\r\nb\r\n', 'a\nb\n  '])
    assert.ok(stillHolds(whole, same), JSON.stringify(same));
  for (const other of ['a\nb\nc', 'a\nB', '', 'a\nb\n\n\n'])
    assert.ok(!stillHolds(whole, other), JSON.stringify(other));
});

test('lines are as they were wherever they stand by now, as whole lines', () => {
  const part = { subject: 'selection', excerpt: excerpt('b\nc', 2) } as const;
  for (const same of ['a\nb\nc', 'b\nc', 'x\ny\nb\r\nc\r\nd']) assert.ok(stillHolds(part, same), JSON.stringify(same));
  for (const other of ['a\nb', 'a\nab\nc', 'a\nb\ncd', 'c\nb'])
    assert.ok(!stillHolds(part, other), JSON.stringify(other));
});

const cases: [name: string, old: string, from: number, now: string, expected: [number, number]][] = [
  ['the same place, changed within', 'f {\n1\n}', 2, 'x\nf {\n2\n}', [2, 4]],
  ['grown', 'f {\n1\n}', 2, 'x\nf {\n2\n3\n}', [2, 5]],
  ['moved down and indented', 'f {\n1\n}', 1, 'x\ny\n  f {\n  2\n  }', [3, 5]],
  ['the nearest of several', 'f\n1', 3, 'f\nx\nx\nf\n2', [4, 5]],
  ['the first line is gone', 'f {\n1\n}', 2, 'x\ng {\n2\n}', [2, 4]],
  ['the last line is gone', 'f {\n1\n}', 2, 'x\nf {\n2\nz', [2, 4]],
  ['both are gone', 'f {\n1\n}', 2, 'x\ny\nz\nw', [2, 4]],
  ['all is gone', 'f {\n1\n}', 20, 'x', [1, 1]],
  ['a blank line says nothing', '\n1\n', 2, '\n\n\n\n', [2, 4]],
  ['one line', 'f', 2, 'x\nx\nf', [3, 3]],
];

for (const [name, old, from, now, expected] of cases) {
  test(`the lines that stand in the place of others: ${name}`, () => {
    const { start, end } = linesNow(excerpt(old, from), now.split('\n'));
    assert.deepEqual([start, end], expected);
  });
}
