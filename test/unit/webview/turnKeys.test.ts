import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turnBeside } from '../../../src/webview/transcript/turnKeys.ts';

test('the keys lead from turn to turn, and from the last one to the message', () => {
  const turns = ['a', 'b', 'c'];
  assert.equal(turnBeside(turns, 'b', -1), 'a');
  assert.equal(turnBeside(turns, 'b', 1), 'c');
  assert.equal(turnBeside(turns, 'c', 1), 'message');
  assert.equal(turnBeside(turns, 'a', -1), undefined, 'above the first there is nothing');
});

test('from outside of the turns the key leads up to the last one', () => {
  assert.equal(turnBeside(['a', 'b'], undefined, -1), 'b');
  assert.equal(turnBeside(['a', 'b'], undefined, 1), undefined);
  assert.equal(turnBeside([], undefined, -1), undefined);
  assert.equal(turnBeside(['a'], 'gone', -1), undefined);
});
