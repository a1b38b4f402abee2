import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ImageHeader, readImageHeader } from '../../../../src/webview/images/imageHeader.ts';

function bytes(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap(part => (typeof part === 'string' ? part.split('').map(letter => letter.charCodeAt(0)) : part)),
  );
}
const be32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const be16 = (value: number): number[] => [value >>> 8, value & 255];
const le16 = (value: number): number[] => [value & 255, value >>> 8];
const padding = (count: number): number[] => new Array<number>(count).fill(0);

function png(...chunks: string[]): Uint8Array {
  const rest = chunks.map(name => bytes(be32(2), name, padding(6)));
  return bytes(
    [0x89],
    'PNG\r\n\x1a\n',
    be32(13),
    'IHDR',
    be32(640),
    be32(480),
    padding(9),
    ...rest.map(part => [...part]),
  );
}

/** A JPEG's segment with EXIF: one entry before the orientation, in the byte order that is asked for. */
function exif(orientation: number, isLittle: boolean): Uint8Array {
  const short = isLittle ? le16 : be16;
  const long = (value: number): number[] => (isLittle ? be32(value).reverse() : be32(value));
  const tiff = [
    ...bytes(isLittle ? 'II' : 'MM'),
    ...short(42),
    ...long(8),
    ...short(2),
    ...[...short(0x010f), ...short(2), ...long(1), ...long(0)],
    ...[...short(0x0112), ...short(3), ...long(1), ...short(orientation), ...short(0)],
  ];
  return bytes([0xff, 0xe1], be16(tiff.length + 8), 'Exif\0\0', tiff);
}

function jpeg(...segments: Uint8Array[]): Uint8Array {
  const rest = segments.flatMap(segment => [...segment]);
  return bytes(
    [0xff, 0xd8],
    rest,
    [0xff, 0xdb],
    be16(4),
    [0, 0, 0xff, 0xc0],
    be16(17),
    [8],
    be16(480),
    be16(640),
    padding(20),
  );
}

function gif(frames: number): Uint8Array {
  const frame = [0x21, 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, ...padding(8), 0x80, ...padding(6), 2, 2, 0x2c, 0x2c, 0];
  return bytes(
    'GIF89a',
    le16(640),
    le16(480),
    [0x81, 0, 0],
    padding(12),
    ...Array.from({ length: frames }, () => frame),
    [0x3b],
  );
}

function webp(format: string, body: number[]): Uint8Array {
  return bytes('RIFF', padding(4), 'WEBP', format, padding(4), body, padding(16));
}

const plain = { width: 640, height: 480, orientation: 1, hasExif: false, isAnimated: false };
const cases: [name: string, file: Uint8Array, header: Partial<ImageHeader> | undefined][] = [
  ['a PNG', png('IDAT'), { mediaType: 'image/png', ...plain }],
  ['a PNG that moves', png('acTL', 'IDAT'), { ...plain, isAnimated: true }],
  ['a PNG with notes of a camera', png('eXIf', 'IDAT'), { ...plain, hasExif: true }],
  ['a JPEG', jpeg(), { mediaType: 'image/jpeg', ...plain }],
  ['a JPEG that was held upright', jpeg(exif(6, false)), { ...plain, orientation: 6, hasExif: true }],
  ['one of the other byte order', jpeg(exif(8, true)), { ...plain, orientation: 8, hasExif: true }],
  ['one with an orientation that does not exist', jpeg(exif(9, true)), { ...plain, hasExif: true }],
  ['a GIF', gif(1), { mediaType: 'image/gif', ...plain }],
  ['a GIF that moves', gif(2), { ...plain, isAnimated: true }],
  ['a WebP', webp('VP8 ', [...padding(6), ...le16(640), ...le16(480)]), { mediaType: 'image/webp', ...plain }],
  ['a WebP without loss', webp('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0]), plain],
  [
    'a WebP that moves, with notes of a camera',
    webp('VP8X', [0x0a, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]),
    { ...plain, hasExif: true, isAnimated: true },
  ],
  ['text', bytes('This is only a text, and long enough.'), undefined],
  ['a JPEG that is cut', jpeg().subarray(0, 22), undefined],
  ['nothing', new Uint8Array(), undefined],
];

for (const [name, file, expected] of cases) {
  test(`${name} is read as what it is`, () => {
    const header = readImageHeader(file);
    if (!expected) assert.equal(header, undefined);
    else assert.deepEqual({ ...header, ...expected }, header);
  });
}

test('no cut and no wrong length makes the reading fail or go on for ever', () => {
  for (const file of [png('acTL', 'IDAT'), jpeg(exif(6, true)), gif(3), webp('VP8X', padding(10))]) {
    for (let length = 0; length < file.length; length++) readImageHeader(file.subarray(0, length));
    for (let at = 12; at < file.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff])
        readImageHeader(Uint8Array.from(file, (byte, index) => (index === at ? value : byte)));
    }
  }
});
