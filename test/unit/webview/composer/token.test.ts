import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenAt, type Trigger } from '../../../../src/webview/composer/token.ts';

const triggers: Trigger[] = [
  { character: '/', place: 'messageStart' },
  { character: '@', place: 'wordStart' },
];

/** The caret is at `|`; what is expected stands as trigger and query. */
const cases: [text: string, found: string | undefined][] = [
  ['/|', '/'],
  ['/exp|', '/exp'],
  ['  /exp|', '/exp'],
  ['\n/exp|', '/exp'],
  ['/ex|plain this', '/ex'],
  ['/explain |', undefined],
  ['/explain this|', undefined],
  ['|/explain', undefined],
  ['what is /|', undefined],
  ['1/2|', undefined],
  ['/usr/bin|', '/usr/bin'],
  ['see /usr|', undefined],
  ['@|', '@'],
  ['see @ord|', '@ord'],
  ['see\n@ord|', '@ord'],
  ['(@ord|', '@ord'],
  ['see @src/orders.ts|', '@src/orders.ts'],
  ['see @ord and|', undefined],
  ['@types/@node|', '@types/@node'],
  ['ada@example.org|', undefined],
  ['/explain @ord|', '@ord'],
  ['／せつ|', '/せつ'],
  ['／ｅｘｐ|', '/exp'],
  ['＠ord|', '@ord'],
  ['　＠ord|', '@ord'],
  ['これは＠ord|', '@ord'],
  ['这个@ord|', '@ord'],
  ['「@ord|', '@ord'],
  ['パス／ord|', undefined],
  ['', undefined],
  ['|', undefined],
];

for (const [marked, found] of cases) {
  test(`at the caret of ${JSON.stringify(marked)} stands ${found ?? 'nothing to choose'}`, () => {
    const caret = Math.max(0, marked.indexOf('|'));
    const token = tokenAt(marked.replace('|', ''), caret, triggers);
    assert.equal(token && token.character + token.query, found);
  });
}

test('a token reaches to the end of its word, the query to the caret', () => {
  assert.deepEqual(tokenAt('see @orders now', 7, triggers), { character: '@', start: 4, end: 11, query: 'or' });
});

test('without a source for it, a character is a character', () => {
  assert.equal(tokenAt('@x', 2, triggers.slice(0, 1)), undefined);
});
