import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Placeholders } from '../../../src/core/filter/placeholders.ts';

const free = () => false;

function made(): Placeholders {
  const placeholders = new Placeholders();
  placeholders.of('hunter2xyz', 'password', free);
  placeholders.of('line "one"\nline two', 'privateKey', free);
  return placeholders;
}

test('a secret keeps its placeholder, which says what it stands for', () => {
  const placeholders = made();
  assert.equal(placeholders.of('abc', 'token', free), '⟦token-3⟧');
  assert.equal(placeholders.of('hunter2xyz', 'value', free), '⟦password-1⟧');
});

test('a placeholder that somebody has written already is not used', () => {
  assert.equal(
    new Placeholders().of('abc', 'token', text => text === '⟦token-1⟧'),
    '⟦token-2⟧',
  );
});

const answer = 'Use ⟦password-1⟧ and ⟦PRIVATE-KEY-2⟧, not ⟦token-9⟧ or ⟦x⟧.';
const restored = 'Use hunter2xyz and line "one"\nline two, not ⟦token-9⟧ or ⟦x⟧.';

test('placeholders are put back wherever a text is cut', () => {
  const placeholders = made();
  assert.equal(placeholders.restored(answer), restored);
  for (let cut = 0; cut <= answer.length; cut++) {
    const pieces = placeholders.pieces('text');
    assert.equal(pieces.append(answer.slice(0, cut)) + pieces.append(answer.slice(cut)) + pieces.end(), restored);
  }
  const pieces = placeholders.pieces('text');
  assert.equal(
    answer
      .split('')
      .map(character => pieces.append(character))
      .join('') + pieces.end(),
    restored,
  );
});

test('in JSON what is put back is escaped, and placeholders under escapes are known too', () => {
  const placeholders = made();
  const json = String.raw`{"a":"\u27e6password-1\u27e7 ⟦private-key-2⟧","b":"x\\n"}`;
  for (let cut = 0; cut <= json.length; cut++) {
    const pieces = placeholders.pieces('json');
    const text = pieces.append(json.slice(0, cut)) + pieces.append(json.slice(cut)) + pieces.end();
    assert.deepEqual(JSON.parse(text), { a: 'hunter2xyz line "one"\nline two', b: 'x\\n' });
  }
});

test('no more of a text is held back than may become a placeholder', () => {
  const pieces = made().pieces('text');
  assert.equal(pieces.append('array⟦'), 'array');
  assert.equal(pieces.append('0⟧ '), '⟦0⟧ ');
  assert.equal(pieces.append('a ⟦pass'), 'a ');
  assert.equal(pieces.end(), '⟦pass');
});

test('fields and their names are restored in a copy, at any depth', () => {
  const input = { path: 'a', lines: ['x', { y: '⟦password-1⟧', '⟦password-1⟧': 1 }] };
  assert.deepEqual(made().fields(input), { path: 'a', lines: ['x', { y: 'hunter2xyz', hunter2xyz: 1 }] });
  assert.deepEqual(input.lines[1], { y: '⟦password-1⟧', '⟦password-1⟧': 1 });
});
