import { Buffer } from 'node:buffer';
import type { PixelSize } from '../../shared/imageFit.ts';

/** Characters of base64 that are looked at: the size stands in the first bytes, in a JPEG behind its metadata. */
const headCharacters = 400_000;

/** The size of a PNG, JPEG, GIF or WebP image, from its first bytes; undefined where they do not tell it. */
export function readImageSize(base64: string): PixelSize | undefined {
  const bytes = Buffer.from(base64.slice(0, headCharacters), 'base64');
  const size = sizeIn(bytes);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

function sizeIn(bytes: Buffer): PixelSize | undefined {
  const start = bytes.toString('latin1', 0, 16);
  if (start.startsWith('\x89PNG\r\n\x1a\n') && bytes.length >= 24) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (/^GIF8[79]a/.test(start) && bytes.length >= 10) {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (start.startsWith('\xff\xd8')) return jpegSize(bytes);
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP' && bytes.length >= 30) {
    return webpSize(bytes, start.slice(12, 16));
  }
  return undefined;
}

/** The size stands in the first start-of-frame segment; the ones before it are skipped by their length. */
function jpegSize(bytes: Buffer): PixelSize | undefined {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

function webpSize(bytes: Buffer, format: string): PixelSize {
  if (format === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (format === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
}
