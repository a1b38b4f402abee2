import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../../scripts/l10n/compare.ts';
import { differencesOf, translationFiles } from '../../../scripts/l10n/translations.ts';

for (const file of translationFiles()) {
  test(`${file.path} has every string, with its parts, and no other`, () => {
    assert.ok(Object.keys(file.english).length > 100);
    assert.deepEqual(differencesOf(file), { missing: [], superfluous: [], unlike: [] });
  });

  test(`${file.path} is sorted`, () => {
    const keys = Object.keys(file.translated);
    assert.deepEqual(keys, keys.toSorted());
  });
}

const cases: [what: string, english: string, translated: string, difference: RegExp | undefined][] = [
  ['placeholders in another order', '{0} of {1}', '{1} 件中 {0} 件', undefined],
  ['a placeholder that is missing', '{0} of {1}', '{0} 件', /^placeholders/],
  ['a placeholder that is new', 'Files', '{0} 件', /^placeholders/],
  ['code that is translated', 'Type `off`', '`オフ` と入力', /^code/],
  ['other backticks around code', 'Type ``/``', '`/` と入力', /^code/],
  ['a variable that is translated', 'In ${language}', '${言語} で', /^variables/],
  ['another link target', '[Log](command:log)', '[ログ](command:ログ)', /^link targets/],
  ['a translated link text', '[Log](command:log)', '[ログ](command:log)', undefined],
  ['another address', 'See https://example.com/a', 'https://example.com/b を参照', /^addresses/],
  ['a lost line break', 'One\nTwo', '一、二', /^line breaks/],
];

for (const [what, english, translated, difference] of cases) {
  test(`a translation is compared: ${what}`, () => {
    const [found] = compare({ key: english }, { key: translated }).unlike;
    if (difference === undefined) assert.equal(found, undefined);
    else assert.match(found?.differences.join() ?? '', difference);
  });
}

test('an empty translation is a missing one; one without English is superfluous', () => {
  assert.deepEqual(compare({ a: 'A', b: 'B', c: 'C' }, { a: 'ア', b: ' ', d: 'デ' }), {
    missing: ['b', 'c'],
    superfluous: ['d'],
    unlike: [],
  });
});
