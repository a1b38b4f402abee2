import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visible, visibleWithin } from '../../../src/shared/visible.ts';

test('what is hidden in a text is made visible, and nothing else of it changes', () => {
  assert.equal(visible('a\u200bb\u202ec\u{e0041}\u001b[1m'), 'a⟨U+200B⟩b⟨U+202E⟩c⟨U+E0041⟩⟨U+001B⟩[1m');
  assert.equal(visible('❤\ufe0f\ufe01\ufe02'), '❤\ufe0f⟨U+FE01⟩⟨U+FE02⟩');
  for (const text of ['two\nlines\tand more', '👩‍💻 ❤️ 検索', 'naïve']) assert.equal(visible(text), text);
  assert.equal(visibleWithin('abcdef', 3), 'abc…');
});
