export interface ImageFacts {
  readonly kind: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';
  /** 0 where the bytes end before the size is told. */
  readonly width: number;
  readonly height: number;
}

/** What the bytes themselves say, whatever was declared. */
export function imageFacts(bytes: Buffer): ImageFacts | undefined {
  const starts = bytes.toString('latin1', 0, 16);
  if (starts.startsWith('\x89PNG\r\n\x1a\n')) {
    return facts('image/png', bytes, 24, () => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]);
  }
  if (/^GIF8[79]a/.test(starts)) {
    return facts('image/gif', bytes, 10, () => [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]);
  }
  if (starts.startsWith('\xff\xd8\xff')) return jpegFacts(bytes);
  if (/^RIFF[^]{4}WEBP/.test(starts)) return webpFacts(bytes);
  return undefined;
}

function facts(
  kind: ImageFacts['kind'],
  bytes: Buffer,
  neededBytes: number,
  size: () => readonly [number, number],
): ImageFacts {
  const [width, height] = bytes.length >= neededBytes ? size() : [0, 0];
  return { kind, width, height };
}

/** The size stands in the first start-of-frame segment; the ones before it are skipped by their length. */
function jpegFacts(bytes: Buffer): ImageFacts {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { kind: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return { kind: 'image/jpeg', width: 0, height: 0 };
}

function webpFacts(bytes: Buffer): ImageFacts {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return facts('image/webp', bytes, 30, () => [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]);
    case 'VP8L':
      return facts('image/webp', bytes, 25, () => {
        const bits = bytes.readUInt32LE(21);
        return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
      });
    default:
      return facts('image/webp', bytes, 30, () => [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]);
  }
}
