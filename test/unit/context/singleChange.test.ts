import assert from 'node:assert/strict';
import { test } from 'node:test';
import { singleChange } from '../../../src/core/context/singleChange.ts';

const texts = [
  '',
  'a',
  'a\n',
  'a\nb\nc\n',
  'a\nB\nc\n',
  'a\nb\nb\nc\n',
  'x\na\nb\nc\n',
  'a\nb\n',
  'a\r\nb\r\nc',
  'ab\nb\nc\n',
  '\n',
  '\n\n',
];

test('the change makes the one text of the other, and begins and ends where lines do', () => {
  for (const before of texts) {
    for (const after of texts) {
      const { start, end, text } = singleChange(before, after);
      assert.equal(before.slice(0, start) + text + before.slice(end), after);
      assert.ok(start <= end);
      for (const at of [start, end]) assert.ok(at === 0 || at === before.length || before[at - 1] === '\n');
    }
  }
});

test('lines that are the same are not touched', () => {
  assert.deepEqual(singleChange('a\nb\nc\n', 'a\nB\nc\n'), { start: 2, end: 4, text: 'B\n' });
  assert.deepEqual(singleChange('a\nb\nc\n', 'a\nb\nb\nc\n'), { start: 4, end: 4, text: 'b\n' });
});
