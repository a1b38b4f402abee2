import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultOf } from '../../../src/core/tools/toolOutput.ts';
import { dot } from '../../support/dot.ts';

function ids(): () => string {
  let count = 0;
  return () => String(++count);
}
const png = dot.toString('base64');

test('text alone has no images', () => {
  assert.deepEqual(resultOf('done', ids()), { text: 'done', isError: false });
});

test('images stand as those that are attached, each with an id of its own', () => {
  const image = (id: string, name: string) => ({
    id,
    kind: 'image',
    name,
    source: { type: 'base64', mediaType: 'image/png', data: png },
    pixels: { width: 1, height: 1 },
  });
  const images = ['a', 'b'].map(name => ({ name, bytes: dot }));
  assert.deepEqual(resultOf({ text: 'Two:', images }, ids()), {
    text: 'Two:',
    isError: false,
    images: [image('1', 'a'), image('2', 'b')],
  });
});

test('what the service would refuse is left out, with a word on why', () => {
  const images = [
    { name: 'words', bytes: Buffer.from('words') },
    { name: 'paper', bytes: Buffer.from('%PDF-1.7') },
    { name: 'nothing', bytes: Buffer.alloc(0) },
    { name: 'big', bytes: Buffer.concat([dot, Buffer.alloc(4_000_000)]) },
    { name: 'dot', bytes: dot },
  ];
  const { text, images: kept } = resultOf({ text: '', images }, ids());
  assert.deepEqual(
    kept?.map(({ name }) => name),
    ['dot'],
  );
  assert.deepEqual(text.split('\n'), [
    '[words is left out: it is no PNG, JPEG, GIF or WebP]',
    '[paper is left out: it is no PNG, JPEG, GIF or WebP]',
    '[nothing is left out: it is empty]',
    '[big is left out: it has more than 3.75 MB]',
  ]);
});

test('a call brings twenty images at most', () => {
  const images = Array.from({ length: 22 }, (_, index) => ({ name: `image ${index}`, bytes: dot }));
  const { text, images: kept } = resultOf({ text: 'All:', images }, ids());
  assert.equal(kept?.length, 20);
  assert.equal(text, 'All:\n[image 20 is left out: there are too many]\n[image 21 is left out: there are too many]');
});
