import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excessWith } from '../../../src/core/context/mediaLimits.ts';
import { mostPdfPages, rulesFor } from '../../../src/core/models/modelRules.ts';
import { excessText } from '../../../src/host/mentions/refusalText.ts';
import type { MediaAttachment } from '../../../src/shared/attachment.ts';
import { plain } from '../../support/plainText.ts';

const limits = { images: 100, pages: 100 };
const source = (characters = 100) =>
  ({ type: 'base64', mediaType: 'application/pdf', data: 'A'.repeat(characters) }) as const;
const pdf = (pages?: number, characters?: number): MediaAttachment => ({
  id: '',
  kind: 'document',
  name: 'book.pdf',
  source: source(characters),
  ...(pages !== undefined && { pages }),
});
const image = (edge: number): MediaAttachment => ({
  id: '',
  kind: 'image',
  name: 'a.png',
  source: source(),
  pixels: { width: 10, height: edge },
});
const many = (count: number, edge: number): MediaAttachment[] => Array.from({ length: count }, () => image(edge));
const says = (added: MediaAttachment, beside: MediaAttachment[] = [], before: MediaAttachment[] = []): string => {
  const excess = excessWith(added, beside, before, limits);
  return excess ? excessText(excess, added.name, plain, String) : 'taken';
};

test('the pages of all PDFs of a request count, also of earlier turns', () => {
  assert.equal(says(pdf(100)), 'taken');
  assert.match(
    says(pdf(101)),
    /^book\.pdf was not attached: it has 101 pages, and this model takes 100 at most\. Attach/,
  );
  assert.equal(says(pdf(40), [pdf(30)], [pdf(30)]), 'taken');
  assert.match(
    says(pdf(41), [pdf(30)], [pdf(30)]),
    /would carry 101 pages, and this model takes 100 at most\. Take other/,
  );
});

test('a PDF that does not tell its pages is not refused for them', () => {
  assert.equal(says(pdf(), [pdf(100)]), 'taken');
});

test('a small context window takes 100 pages, a large one 600; of an unknown model nothing is said', () => {
  const pages = (model: string): number => mostPdfPages(rulesFor(model));
  assert.deepEqual([pages('claude-sonnet-4-5'), pages('claude-opus-4-6'), pages('who-knows')], [100, 600, 600]);
});

test('more images than a request takes are refused in one message; those of earlier turns make room', () => {
  assert.match(says(image(10), many(100, 10)), /100 images are the most for a message/);
  assert.equal(says(image(10), many(99, 10), many(99, 10)), 'taken');
});

test('where there are many, no edge may be long; text beside them is no image', () => {
  assert.equal(says(image(2_500), many(19, 2_500)), 'taken');
  assert.match(says(image(100), many(20, 2_500)), /more than 20 images, none may be wider or higher than 2000 pixels/);
  assert.equal(says(image(2_000), many(20, 2_000)), 'taken');
  assert.equal(says(pdf(1), many(20, 2_500)), 'taken');
});

test('what all of them take together stays below what the endpoint takes in bytes', () => {
  const half = 16 * 1024 * 1024;
  assert.equal(says(pdf(1, half)), 'taken');
  assert.match(says(pdf(1, half), [], [pdf(1, half)]), /more than 22 MB of images and PDFs/);
});
