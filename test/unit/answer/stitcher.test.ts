import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stitcher } from '../../../src/core/answer/stitcher.ts';

const cases: Record<string, { base: string; continuation: string; leastOverlap: number; whole: string }> = {
  'a continuation that just goes on': {
    base: 'The quick brown',
    continuation: ' fox jumps.',
    leastOverlap: 40,
    whole: 'The quick brown fox jumps.',
  },
  'a word that was cut in two': { base: 'The qui', continuation: 'ck fox', leastOverlap: 40, whole: 'The quick fox' },
  'white space that the request had to leave out, and that comes again': {
    base: 'One.\n\n',
    continuation: '\n\nTwo.',
    leastOverlap: 40,
    whole: 'One.\n\nTwo.',
  },
  'white space that does not come again': { base: 'One. ', continuation: 'Two.', leastOverlap: 40, whole: 'One. Two.' },
  'more white space than there was': {
    base: 'One.\n',
    continuation: '\n\nTwo.',
    leastOverlap: 40,
    whole: 'One.\n\nTwo.',
  },
  'the quoted end, repeated as asked': {
    base: 'It was a dark and stormy ni',
    continuation: 'dark and stormy night.',
    leastOverlap: 12,
    whole: 'It was a dark and stormy night.',
  },
  'the quoted end after white space': {
    base: 'It was a dark and stormy ni',
    continuation: '\ndark and stormy night.',
    leastOverlap: 12,
    whole: 'It was a dark and stormy night.',
  },
  'a beginning like the end that then differs': {
    base: 'for (const item of items) {',
    continuation: 'for (const other of items) {}',
    leastOverlap: 12,
    whole: 'for (const item of items) {for (const other of items) {}',
  },
  'a short repetition that is meant': { base: 'ha ha', continuation: ' ha!', leastOverlap: 12, whole: 'ha ha ha!' },
  'nothing but the end again': {
    base: 'dark and stormy night',
    continuation: 'stormy night',
    leastOverlap: 12,
    whole: 'dark and stormy night',
  },
  'a relay that sends the whole prefill again': {
    base: 'x'.repeat(30) + 'y'.repeat(1_500),
    continuation: 'x'.repeat(30) + 'y'.repeat(1_500) + 'z',
    leastOverlap: 40,
    whole: 'x'.repeat(30) + 'y'.repeat(1_500) + 'z',
  },
  'Japanese in the middle of a word': {
    base: 'これは日本語の文章です。続きはこ',
    continuation: '日本語の文章です。続きはここから。',
    leastOverlap: 12,
    whole: 'これは日本語の文章です。続きはここから。',
  },
};

for (const [name, { base, continuation, leastOverlap, whole }] of Object.entries(cases)) {
  test(`${name}: nothing is lost or repeated, in pieces of every size`, () => {
    for (let size = 1; size <= continuation.length; size += size < 40 ? 1 : 97) {
      const stitcher = new Stitcher(base, leastOverlap);
      let text = base;
      for (let at = 0; at < continuation.length; at += size) text += stitcher.add(continuation.slice(at, at + size));
      text += stitcher.finish();
      assert.equal(text, whole, `pieces of ${size}`);
    }
  });
}

test('what is decided is passed on at once', () => {
  const stitcher = new Stitcher('The end of it all', 12);
  assert.equal(stitcher.add(' and more'), ' and more');
  assert.equal(stitcher.add(' and'), ' and');
});
