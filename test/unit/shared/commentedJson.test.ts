import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCommentedJson } from '../../../src/shared/commentedJson.ts';

test('there may be comments, and commas at the end', () => {
  const text = '\ufeff{ // a\n "a": "//,}", /* b,\n } */ "c": [1, 2, // d\n ], "d\\"/*,}": "\\\\", }';
  assert.deepEqual(parseCommentedJson(text), { a: '//,}', c: [1, 2], 'd"/*,}': '\\' });
});

test('what is no JSON is thrown', () => {
  for (const text of ['<plist>', '{"a', '{"a\\', '{ /* a }', ''])
    assert.throws(() => parseCommentedJson(text), SyntaxError);
});

// Looked for again at every beginning, an end that is not there would take an hour.
for (const unit of ['/*', '/* ', '//', '"', '\\"', '"\\', ',', ', ', '{"a":"', '*/']) {
  test(`a megabyte of ${unit} is read once`, () => {
    assert.throws(() => parseCommentedJson(unit.repeat(1024 * 1024)), SyntaxError);
  });
}

test('a string of a megabyte is one', () => {
  const text = 'a\\n'.repeat(350_000);
  assert.deepEqual(parseCommentedJson(`{"a":"${text}"}`), { a: 'a\n'.repeat(350_000) });
});
