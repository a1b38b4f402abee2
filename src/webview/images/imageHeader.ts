/** What the first bytes of an image say, whatever its name says. */
export interface ImageHeader {
  mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** As it is stored: a camera's note on how it was held is not applied. */
  width: number;
  height: number;
  /** How it has to be turned, by EXIF: 1 for not at all, 5 to 8 with the edges changed. */
  orientation: number;
  /** Whether it holds notes of a camera, which may tell where it was taken. */
  hasExif: boolean;
  isAnimated: boolean;
}

/** Bytes from the start of a file that tell all of this, but whether a GIF moves: that takes the whole of it. */
export const headerBytes = 512 * 1024;

/** Undefined where the bytes are no image that the service takes, or do not tell its size. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerIn(view);
  return header && header.width > 0 && header.height > 0 ? header : undefined;
}

const still = { orientation: 1, hasExif: false, isAnimated: false };

function headerIn(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 24) return undefined;
  if (view.getUint32(0) === 0x89504e47) return readPng(view);
  if (view.getUint16(0) === 0xffd8) return readJpeg(view);
  if (/^GIF8[79]a$/.test(textAt(view, 0, 6))) return readGif(view);
  if (textAt(view, 0, 4) === 'RIFF' && textAt(view, 8, 4) === 'WEBP') return readWebp(view);
  return undefined;
}

function readPng(view: DataView): ImageHeader {
  let isAnimated = false;
  let hasExif = false;
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const chunk = textAt(view, at + 4, 4);
    if (chunk === 'acTL') isAnimated = true;
    if (chunk === 'eXIf') hasExif = true;
    if (chunk === 'IDAT') break;
  }
  return {
    mediaType: 'image/png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    orientation: 1,
    hasExif,
    isAnimated,
  };
}

/** The size stands in the first start-of-frame segment; the ones before it are skipped by their length. */
function readJpeg(view: DataView): ImageHeader | undefined {
  let orientation = 1;
  let hasExif = false;
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xe1 && textAt(view, at + 4, 4) === 'Exif') {
      hasExif = true;
      orientation = readOrientation(view, at + 10);
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const height = view.getUint16(at + 5);
      return {
        mediaType: 'image/jpeg',
        width: view.getUint16(at + 7),
        height,
        orientation,
        hasExif,
        isAnimated: false,
      };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The tag 0x0112 of the first directory of a TIFF header at `start`; 1 where there is none. */
function readOrientation(view: DataView, start: number): number {
  if (start + 8 > view.byteLength) return 1;
  const isLittle = textAt(view, start, 2) === 'II';
  const directory = start + view.getUint32(start + 4, isLittle);
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, isLittle);
  for (let entry = directory + 2; entry < directory + 2 + count * 12; entry += 12) {
    if (entry + 12 > view.byteLength) return 1;
    if (view.getUint16(entry, isLittle) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

function readGif(view: DataView): ImageHeader {
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  return { mediaType: 'image/gif', ...size, ...still, isAnimated: countGifFrames(view) > 1 };
}

/** As far as the bytes reach; more than two are not needed. */
function countGifFrames(view: DataView): number {
  const colours = (flags: number): number => ((flags & 0x80) !== 0 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let frames = 0;
  let at = 13 + colours(view.getUint8(10));
  while (at + 10 < view.byteLength && frames < 2) {
    const mark = view.getUint8(at);
    if (mark === 0x2c) {
      frames++;
      at += 11 + colours(view.getUint8(at + 9));
    } else if (mark === 0x21) at += 2;
    else break;
    // Data stands in blocks, each with its length before it; an empty one ends them.
    while (at < view.byteLength && view.getUint8(at) !== 0) at += 1 + view.getUint8(at);
    at++;
  }
  return frames;
}

function readWebp(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 30) return undefined;
  const format = textAt(view, 12, 4);
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (format === 'VP8X') {
    const flags = view.getUint8(20);
    return {
      mediaType: 'image/webp',
      width: uint24(24) + 1,
      height: uint24(27) + 1,
      orientation: 1,
      hasExif: (flags & 0x08) !== 0,
      isAnimated: (flags & 0x02) !== 0,
    };
  }
  if (format === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { mediaType: 'image/webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, ...still };
  }
  const size = { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return { mediaType: 'image/webp', ...size, ...still };
}

function textAt(view: DataView, at: number, length: number): string {
  let text = '';
  for (let index = at; index < Math.min(at + length, view.byteLength); index++) {
    text += String.fromCharCode(view.getUint8(index));
  }
  return text;
}
