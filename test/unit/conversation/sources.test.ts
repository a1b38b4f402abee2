import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceOf } from '../../../src/core/conversation/sources.ts';

test('a source is what a citation of each kind leads to', () => {
  const at = 'https://a.test/tides';
  assert.deepEqual(sourceOf({ type: 'web_search_result_location', url: at, title: 'Tides', cited_text: 'Twice.' }), {
    title: 'Tides',
    url: at,
    quote: 'Twice.',
  });
  assert.deepEqual(sourceOf({ type: 'web_search_result_location', url: at, title: null }), { title: at, url: at });
  assert.deepEqual(sourceOf({ type: 'search_result_location', source: at, title: '' }), { title: at, url: at });
  assert.deepEqual(sourceOf({ type: 'search_result_location', source: 'wiki/7' }), { title: 'wiki/7' });
  assert.deepEqual(sourceOf({ type: 'page_location', document_title: 'spec.pdf' }), { title: 'spec.pdf' });
  assert.equal(sourceOf({ type: 'char_location', document_title: null, document_index: 0 }), undefined);
});

test('what is no address of a page is no link, and what is endless is cut', () => {
  assert.deepEqual(sourceOf({ type: 'x', url: 'command:run', title: 'Run' }), { title: 'Run' });
  assert.deepEqual(sourceOf({ type: 'x', url: 'javascript:1' }), undefined);
  const long = sourceOf({ type: 'x', title: 'a'.repeat(10_000), cited_text: 'b'.repeat(10_000) });
  assert.deepEqual([long?.title.length, long?.quote?.length], [301, 601]);
});
