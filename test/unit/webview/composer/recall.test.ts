import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recall } from '../../../../src/webview/composer/recall.ts';

/** A field, and the keys that are pressed in it; a key that recalls nothing leaves the text. */
function field(sent: string[], value = '') {
  const recall = new Recall(() => sent);
  const state = { value, selectionStart: value.length, selectionEnd: value.length };
  const put = (text: string, caret = text.length): void => {
    Object.assign(state, { value: text, selectionStart: caret, selectionEnd: caret });
  };
  const press = (...keys: ('ArrowUp' | 'ArrowDown')[]): string => {
    for (const key of keys) {
      const text = recall.press(key, state);
      if (text !== undefined) put(text);
    }
    return state.value;
  };
  return { recall, state, put, press };
}

test('up walks back to the oldest and stays there, down comes back to the empty field', () => {
  const { press } = field(['c', 'b', 'a']);
  assert.equal(press('ArrowUp'), 'c');
  assert.equal(press('ArrowUp', 'ArrowUp'), 'a');
  assert.equal(press('ArrowUp'), 'a');
  assert.equal(press('ArrowDown'), 'b');
  assert.equal(press('ArrowDown', 'ArrowDown'), '');
  assert.equal(press('ArrowDown'), '');
});

test('what was sent twice comes once', () => {
  const { press } = field(['a', 'a', ' ', 'b', 'a', 'c']);
  assert.deepEqual([press('ArrowUp'), press('ArrowUp'), press('ArrowUp'), press('ArrowUp')], ['a', 'b', 'c', 'c']);
});

test('within what is being written the keys move the caret', () => {
  const { press } = field(['a'], 'half');
  assert.equal(press('ArrowUp'), 'half');
  assert.equal(press('ArrowDown'), 'half');
});

test('from its very start, what is being written is put aside and comes back', () => {
  const { press, put } = field(['a']);
  put('half\na sentence', 0);
  assert.equal(press('ArrowUp'), 'a');
  assert.equal(press('ArrowDown'), 'half\na sentence');
});

test('what is recalled and changed is what is being written', () => {
  const { press, put } = field(['b', 'a']);
  press('ArrowUp');
  put('b!');
  assert.equal(press('ArrowUp'), 'b!');
  assert.equal(press('ArrowDown'), 'b!');
  put('b!', 0);
  assert.equal(press('ArrowUp'), 'b');
  assert.equal(press('ArrowDown'), 'b!');
});

test('in a text of several lines the caret walks through them first', () => {
  const { press, put } = field(['new', 'one\ntwo\nthree', 'old']);
  press('ArrowUp', 'ArrowUp');
  assert.equal(press('ArrowUp'), 'one\ntwo\nthree', 'the caret stands on the last line');
  put('one\ntwo\nthree', 4);
  assert.equal(press('ArrowUp'), 'one\ntwo\nthree', 'on the second');
  assert.equal(press('ArrowDown'), 'one\ntwo\nthree');
  put('one\ntwo\nthree', 3);
  assert.equal(press('ArrowUp'), 'old', 'at the end of the first');
  assert.equal(press('ArrowDown'), 'one\ntwo\nthree');
  assert.equal(press('ArrowDown'), 'new', 'on the last');
});

test('with a selection the keys are the field’s', () => {
  const { press, state } = field(['a']);
  press('ArrowUp');
  state.selectionStart = 0;
  assert.equal(press('ArrowDown'), 'a');
});

test('what comes from other conversations later is walked to', () => {
  const sent = ['a'];
  const { press } = field(sent);
  assert.equal(press('ArrowUp', 'ArrowUp'), 'a');
  sent.push('a', 'b');
  assert.equal(press('ArrowUp'), 'b');
});

test('sending what was recalled gives back what was put aside', () => {
  const { recall, press, put } = field(['a']);
  put('half', 0);
  press('ArrowUp');
  assert.equal(recall.end('a'), 'half');
  assert.equal(recall.end('a'), '');
  assert.equal(press('ArrowDown'), 'a', 'the walk is over');
});

test('sending what was recalled and changed gives back nothing', () => {
  const { recall, press, put } = field(['a']);
  put('half', 0);
  press('ArrowUp');
  put('a!');
  assert.equal(recall.end('a!'), '');
});
