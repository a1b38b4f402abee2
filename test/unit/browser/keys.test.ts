import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFor, parseChords } from '../../../src/core/browser/keys.ts';

const shown = (text: string): string[] =>
  parseChords(text).map(({ modifiers, key }) => `${modifiers} ${key?.key ?? '–'}`);

test('keys have the names of xdotool and those of the web', () => {
  assert.deepEqual(shown('Return'), ['0 Enter']);
  assert.deepEqual(shown('ctrl+a'), ['2 a']);
  assert.deepEqual(shown('Control_L+Shift+Tab'), ['10 Tab']);
  assert.deepEqual(shown('alt+F4'), ['1 F4']);
  assert.deepEqual(shown('Page_Down Escape'), ['0 PageDown', '0 Escape']);
  assert.deepEqual(shown('ctrl+plus'), ['10 +']);
  assert.deepEqual(shown('ctrl++'), ['10 +']);
  assert.deepEqual(shown('shift'), ['8 –']);
  assert.deepEqual(shown('A'), ['8 A']);
  assert.deepEqual(shown(''), []);
  assert.deepEqual(shown(' '), ['0  ']);
});

test('a name that no key has is said', () => {
  for (const name of ['Rocket', 'F25', 'ctrl+Rocket', 'a+b']) {
    assert.throws(() => parseChords(name), /There is no key called (Rocket|F25|a)\./, name);
  }
});

test('a character has the key that writes it, where one does', () => {
  assert.deepEqual(keyFor('?'), { key: '?', code: 'Slash', keyCode: 191, text: '?', isShifted: true });
  assert.equal(keyFor('é'), undefined);
  assert.equal(keyFor('日'), undefined);
});
