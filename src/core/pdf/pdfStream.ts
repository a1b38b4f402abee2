import type { Buffer } from 'node:buffer';
import { constants, inflateSync } from 'node:zlib';
import { isDictionary, nameOf, PdfBroken, type PdfDictionary, type PdfValue } from './pdfObject.ts';

/** Bytes: what is read of a file are its tables, and the largest of them are far below. */
const mostInflated = 64 * 1024 * 1024;

/** The bytes that a stream stands for; of the filters, the one that tables and object streams are written with. */
export function decodeStream(dictionary: PdfDictionary, raw: Buffer): Buffer {
  const filters = [dictionary.get('Filter') ?? []].flat();
  if (filters.length === 0) return raw;
  if (filters.length > 1 || nameOf(filters[0]) !== 'FlateDecode') throw new PdfBroken();
  // Some writers cut the check sum at the end.
  const finishFlush = constants.Z_SYNC_FLUSH;
  const bytes = inflateSync(raw, { finishFlush, maxOutputLength: mostInflated });
  const [parameters] = [dictionary.get('DecodeParms') ?? []].flat();
  return isDictionary(parameters) ? unpredicted(bytes, parameters) : bytes;
}

/** Undoes the prediction of PNG, line by line; no other is used for tables. */
function unpredicted(bytes: Buffer, parameters: PdfDictionary): Buffer {
  if (numberOr(parameters.get('Predictor'), 1) < 10) return bytes;
  const bits = numberOr(parameters.get('Colors'), 1) * numberOr(parameters.get('BitsPerComponent'), 8);
  const width = Math.ceil((numberOr(parameters.get('Columns'), 1) * bits) / 8);
  const before = Math.max(1, bits >> 3);
  const lines = Math.floor(bytes.length / (width + 1));
  if (width <= 0) throw new PdfBroken();
  const plain = bytes.subarray(0, lines * width);
  for (let line = 0; line < lines; line++) {
    const filter = bytes[line * (width + 1)] ?? 0;
    for (let column = 0; column < width; column++) {
      const at = line * width + column;
      const left = column >= before ? (plain[at - before] ?? 0) : 0;
      const up = line > 0 ? (plain[at - width] ?? 0) : 0;
      const corner = line > 0 && column >= before ? (plain[at - width - before] ?? 0) : 0;
      plain[at] = (bytes[line * (width + 1) + 1 + column] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return plain;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [toLeft, toUp] = [Math.abs(up - corner), Math.abs(left - corner)];
      const toCorner = Math.abs(left + up - 2 * corner);
      if (toLeft <= toUp && toLeft <= toCorner) return left;
      return toUp <= toCorner ? up : corner;
    }
    default:
      throw new PdfBroken();
  }
}

export function numberOr(value: PdfValue | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
