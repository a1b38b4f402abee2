import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOfPage } from '../../../src/core/messages/pageWords.ts';

const cases: [page: string, words: string][] = [
  ['<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>', '502 Bad Gateway'],
  ['<TITLE lang="en">Sign in</TITLE>', 'Sign in'],
  ['<p>Before</p><title>After</title>', 'After'],
  ['<html><h1>Error</h1><p>Try <b>again</b></p></html>', 'Error Try again'],
  ['<script>if (a < b) document.title = "<title>x";</script>down', 'down'],
  ['<STYLE>p > a {}</style ><p>down', 'down'],
  ['<style>p {}</style><style>a {}</style><p>down', 'down'],
  ['<script>never ends', 'never ends'],
  ['<title>no end <b>bold</b>', 'no end bold'],
  ['<title >', ''],
  ['<p>1 < 2', '1 < 2'],
  ['<p', '<p'],
];

for (const [page, words] of cases) {
  test(`${page} says ${words}`, () => {
    assert.equal(wordsOfPage(page).replace(/\s+/g, ' ').trim(), words);
  });
}

// Looked for again at every tag, an end that is not there would take an hour on such a page.
for (const unit of ['<script ', '<script>', '<title ', '<title>', '<style></script>', '<', '<a>', '<!--']) {
  test(`a megabyte of ${unit} is walked through once`, () => {
    assert.ok(wordsOfPage(unit.repeat(1024 * 1024)).length <= unit.length * 1024 * 1024 * 2);
  });
}
