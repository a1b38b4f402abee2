import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPasted } from '../../../src/core/context/pastedPlace.ts';

const orders = 'first\nsecond line\nthird line\nlast, with more than forty characters in its one line\n';

test('the lines of the one place are found, whatever the line breaks are', () => {
  assert.deepEqual(findPasted('second line\nthird line\n', ['other', orders]), { index: 1, startLine: 1, endLine: 2 });
  assert.deepEqual(findPasted('second line\r\nthird line', [orders]), { index: 0, startLine: 1, endLine: 2 });
  assert.deepEqual(findPasted('second line\nthird line', [orders.replaceAll('\n', '\r\n')]), {
    index: 0,
    startLine: 1,
    endLine: 2,
  });
});

test('a part of a line is found by its line', () => {
  const part = 'with more than forty characters in its one line';
  assert.deepEqual(findPasted(part, [orders]), { index: 0, startLine: 3, endLine: 3 });
});

test('what is short, stands nowhere or in several places stays text', () => {
  assert.equal(findPasted('second line', [orders]), undefined);
  assert.equal(findPasted('second line\n', [orders]), undefined);
  assert.equal(findPasted('second line\nthird  line', [orders]), undefined);
  assert.equal(findPasted('second line\nthird line', [orders, orders]), undefined);
  assert.equal(findPasted('second line\nthird line', [orders + orders]), undefined);
  assert.equal(findPasted('\n\n \n', [orders]), undefined);
});
