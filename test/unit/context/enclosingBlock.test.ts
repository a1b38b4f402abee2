import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enclosingBlock } from '../../../src/core/context/enclosingBlock.ts';
import { fenceFor } from '../../../src/core/context/prompts.ts';

const python = [
  'import os',
  '',
  'def f(a):',
  '    x = 1',
  '',
  '    if x:',
  '        return a',
  '    return x',
  '',
  'print(f(1))',
];
const css = ['a {', '  color: red;', '}', '', 'b {', '  color: blue;', '}'];

const table: [what: string, lines: string[], cursor: number, start: number, end: number][] = [
  ['the line that opens a block gives the block', python, 2, 2, 7],
  ['a line inside gives the nearest block around it', python, 6, 5, 6],
  ['a line after an inner block belongs to the outer one', python, 7, 2, 7],
  ['a line at the top level gives its paragraph', python, 9, 9, 9],
  ['an empty line gives the block of the nearest written line', python, 1, 0, 0],
  ['a closing bracket belongs to its block', css, 5, 4, 6],
  ['a cursor past the end is taken to the last line', ['only'], 7, 0, 0],
];

for (const [what, lines, cursor, start, end] of table) {
  test(what, () => assert.deepEqual(enclosingBlock(lines, cursor), { start, end }));
}

test('no run of backticks in the code closes its fence', () => {
  assert.equal(fenceFor('a'), '```');
  assert.equal(fenceFor('``` and `````'), '``````');
});
