import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { collect, parse, sourceStrings } from '../../../scripts/l10n/sourceStrings.ts';
import { untranslated } from '../../../scripts/l10n/untranslated.ts';

/** What requests say, values of `tool_choice`, and a class of code that is coloured. */
const stays = /: (Folder:|Problems that the editor|Selected in the terminal|(auto|any|tool|none|function)$)/;

test('every text is a literal where it is translated', () => {
  assert.deepEqual(sourceStrings().unreadable, []);
});

test('the view, the host and exported pages have no words outside of t(…)', () => {
  const files = globSync(['src/webview/**/*.{ts,tsx}', 'src/host/**/*.ts', 'src/page/**/*.ts', 'src/shared/**/*.ts']);
  const found = files.flatMap(file => untranslated(parse(file, readFileSync(file, 'utf8'))));
  assert.deepEqual(
    found.filter(line => !stays.test(line)),
    [],
  );
});

const collected: [what: string, code: string, texts: string[] | 'unreadable'][] = [
  ['a call of t', `t('One')`, ['One']],
  ['a call of the editor’s', `vscode.l10n.t('One {0}', count)`, ['One {0}']],
  ['both sides of a condition', `t(count === 1 ? 'One' : (many ? 'Many' : 'Few'))`, ['One', 'Many', 'Few']],
  ['a template without values', 't(`One`)', ['One']],
  ['a template with values', 't(`One ${two}`)', 'unreadable'],
  ['a text from elsewhere', `t(names[0])`, 'unreadable'],
  ['a condition with a text from elsewhere', `t(known ? 'One' : name)`, 'unreadable'],
  ['another function', `at('One')`, []],
];

for (const [what, code, texts] of collected) {
  test(`strings are collected: ${what}`, () => {
    const found = { texts: new Map<string, Set<string>>(), unreadable: [] };
    collect(parse('sample.ts', code), found);
    assert.deepEqual(found.unreadable.length > 0 ? 'unreadable' : [...found.texts.keys()], texts);
  });
}

const written: [what: string, code: string, words: string[]][] = [
  ['text between tags', '<p>Two words</p>', ['Two words']],
  ['a text in braces', `<p>{open ? 'Open' : t('Closed')}</p>`, ['Open']],
  ['a label', '<button aria-label="Send" class="send" />', ['Send']],
  ['a template in a label', '<button title={`${count} files`} />', ['files']],
  ['a translated label', `<button title={t('Send')}>{t('Send')} · {count}</button>`, []],
  ['a text that is assigned', `element.textContent = 'Copied'`, ['Copied']],
  ['an attribute that is set', `element.setAttribute('aria-label', 'Copy')`, ['Copy']],
  ['an attribute that nobody reads', `element.setAttribute('data-label', 'Copy')`, []],
  ['a message of the editor', `showError('It failed')`, ['It failed']],
  ['an option', `({ title: '$(key) Set the key' })`, ['Set the key']],
  ['a name of the protocol', `({ title: 'max_tokens' })`, []],
];

for (const [what, code, words] of written) {
  test(`words outside of t(…) are found: ${what}`, () => {
    const found = untranslated(parse('sample.tsx', code));
    assert.deepEqual(
      found.map(line => line.replace(/^sample\.tsx:1: /, '')),
      words,
    );
  });
}
