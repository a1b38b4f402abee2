import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked, type Token } from 'marked-in-editor';
import { irregular } from '../../../harness/endpoint/random.ts';
import { shown, withIcon } from '../../../src/shared/shown.ts';
import { hostilePieces } from '../../support/hostileMarkdown.ts';

/** What the editor makes links of in a message, and icons of in a list. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const icon = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

test('names stay as they are', () => {
  for (const name of [
    'a_b[1].ts',
    'src/[id]/page (copy).tsx',
    '*.md',
    'vec![1]'.slice(0, 4),
    'US$ 5 (about)',
    '変更!',
  ]) {
    assert.equal(shown(name), name);
  }
});

test('what means more than its letters to the editor reads the same and means no more', () => {
  for (const text of ['[Restore them](command:workbench.action.quit)', '![x](https://evil.invalid/a)', '$(alert)a']) {
    assert.equal(shown(text).replaceAll('\u200b', ''), text);
    assertPlain(shown(text));
    assert.equal(shown(shown(text)), shown(text));
  }
  assert.equal(withIcon('key', '$(alert) Set your API key'), '$(key) $\u200b(alert) Set your API key');
});

test('no text put together from hostile pieces is a link, an icon or a picture', () => {
  const random = irregular('shown');
  const pieces = [...hostilePieces, '[a](command:x)', '[a](file:///a)', '$(', 'alert)', 'alert~spin)', '$'];
  const pick = (): string => pieces[Math.floor(random() * pieces.length)] ?? '';
  for (let count = 0; count < 2_000; count++) {
    assertPlain(shown(Array.from({ length: 1 + Math.floor(random() * 12) }, pick).join('')));
  }
});

function assertPlain(text: string): void {
  assert.doesNotMatch(text, link);
  assert.doesNotMatch(text, icon);
  // Below the labels of a list the editor escapes HTML, and reads the rest as Markdown where the mouse rests.
  const hover = text.replace(/[<>&]/g, character => `&#${character.charCodeAt(0)};`);
  void marked.walkTokens(marked.lexer(hover), ({ type }: Token) => assert.notEqual(type, 'image', text));
}
