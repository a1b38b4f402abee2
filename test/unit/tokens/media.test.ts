import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readImageSize } from '../../../src/core/tokens/imageSize.ts';
import {
  countPdfPages,
  estimateDocumentTokens,
  estimateImageTokens,
  tokensOfSize,
} from '../../../src/core/tokens/mediaTokens.ts';

const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const be16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const le16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const be32 = (value: number): Buffer => Buffer.concat([be16(value >>> 16), be16(value & 0xffff)]);
const le24 = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255, value >> 16]);

const png = (width: number, height: number): Buffer =>
  Buffer.concat([text('\x89PNG\r\n\x1a\n'), be32(13), text('IHDR'), be32(width), be32(height)]);
const webp = (format: string, size: Buffer): Buffer =>
  Buffer.concat([text('RIFF\0\0\0\0WEBP'), text(format), Buffer.alloc(4), size, Buffer.alloc(10)]);

const images: [name: string, bytes: Buffer, width: number, height: number][] = [
  ['PNG', png(1920, 1080), 1920, 1080],
  ['GIF', Buffer.concat([text('GIF89a'), le16(300), le16(200), Buffer.alloc(3)]), 300, 200],
  [
    'JPEG behind metadata',
    Buffer.concat([
      text('\xff\xd8\xff\xe1'),
      be16(1002),
      Buffer.alloc(1000),
      text('\xff\xc2'),
      be16(17),
      Buffer.from([8]),
      be16(480),
      be16(640),
      Buffer.alloc(10),
    ]),
    640,
    480,
  ],
  ['WebP, extended', webp('VP8X', Buffer.concat([Buffer.alloc(4), le24(799), le24(599)])), 800, 600],
  ['WebP, lossless', webp('VP8L', Buffer.concat([Buffer.from([0x2f]), lossless(1000, 500)])), 1000, 500],
  ['WebP, lossy', webp('VP8 ', Buffer.concat([Buffer.alloc(6), le16(320), le16(240)])), 320, 240],
];

for (const [name, bytes, width, height] of images) {
  test(`${name}: the size is read from the first bytes`, () => {
    assert.deepEqual(readImageSize(bytes.toString('base64')), { width, height });
  });
}

test('bytes that tell no size give none', () => {
  for (const bytes of [text(''), text('<svg>'), png(0, 10), png(5, 5).subarray(0, 20), text('\xff\xd8\xff\xe1\xff')]) {
    assert.equal(readImageSize(bytes.toString('base64')), undefined);
  }
});

test('an image costs a token for each 28 × 28 pixels, scaled down to what the service takes', () => {
  assert.equal(tokensOfSize({ width: 200, height: 200 }, 'claude3'), 64);
  assert.equal(tokensOfSize({ width: 1000, height: 1000 }, 'claude3'), 1296);
  assert.equal(tokensOfSize({ width: 1920, height: 1080 }, 'claude3'), 1560);
  // 69 patches on each side; 70 would be more than the 4,784 that are the most.
  assert.equal(tokensOfSize({ width: 8000, height: 8000 }, 'claude47'), 4761);
});

test('an image that is fetched by the service counts as the largest', () => {
  const source = { type: 'url', url: 'https://example.com/a.png' } as const;
  assert.equal(estimateImageTokens({ type: 'image', source }, 'claude3'), 1568);
});

test('the pages of a PDF are counted, estimated where they are compressed, and never none', () => {
  const pdf = (body: string): string => text(`%PDF-1.7\n${body}`).toString('base64');
  assert.equal(countPdfPages(pdf('<< /Type /Pages /Count 3 >>' + '<</Type/Page>> <</Type /Page /Parent 1>>')), 2);
  assert.equal(countPdfPages(pdf('<< /Type /Pages /Kids [1 0 R] /Count 12 >>')), 12);
  assert.equal(countPdfPages(pdf('')), 1);
  assert.equal(countPdfPages(pdf('\0'.repeat(600_000))), 10);
});

test('a long PDF is searched in part, and the rest is counted in proportion', () => {
  const page = `<</Type/Page>>${'\0'.repeat(30_000)}`;
  const base64 = text('%PDF-1.7\n' + page.repeat(200)).toString('base64');
  const pages = countPdfPages(base64);
  assert.ok(Math.abs(pages - 200) <= 4, String(pages));
});

test('a document of plain text counts as its text', () => {
  const source = { type: 'text', media_type: 'text/plain', data: 'word '.repeat(500) } as const;
  const tokens = estimateDocumentTokens({ type: 'document', source, title: 'Notes' }, 'claude3');
  assert.ok(Math.abs(tokens - 502) < 5, String(tokens));
});

function lossless(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE((width - 1) | ((height - 1) << 14));
  return bytes;
}
