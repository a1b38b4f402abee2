import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visibleText } from '../../../src/webview/tools/visibleText.ts';

test('what is not seen in a command has its number', () => {
  assert.equal(visibleText('rm\u00a0-rf\u200b /\n\tls'), 'rm⟨U+00A0⟩-rf⟨U+200B⟩ /\n\tls');
  assert.equal(visibleText('a\u202eb\x1b[1A\r'), 'a⟨U+202E⟩b⟨U+001B⟩[1A⟨U+000D⟩');
  assert.equal(visibleText('\u{e0041}'), '⟨U+E0041⟩');
});

test('a letter that looks like another one has its number, where it stands among those', () => {
  assert.equal(visibleText('s\u0443do x'), 's\u0443⟨U+0443⟩do x');
  assert.equal(visibleText('npm test \u2010w'), 'npm test \u2010⟨U+2010⟩w');
  assert.equal(visibleText('git commit -m "Привет, 世界 é"'), 'git commit -m "Привет, 世界 é"');
});
