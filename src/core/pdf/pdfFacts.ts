import { Buffer } from 'node:buffer';
import { isDictionary, type PdfDictionary, PdfReader } from './pdfObject.ts';
import { PdfFile } from './pdfFile.ts';

/** What of a PDF decides whether it is taken. */
export interface PdfFacts {
  /** Whether it takes a password, or forbids something without one. */
  isEncrypted: boolean;
  /** Undefined where the file does not tell, or not in a way that can be relied on. */
  pages: number | undefined;
}

/** By the file's own table and the root of its pages; what can't be read so is left open and not guessed. */
export function readPdfFacts(bytes: Uint8Array): PdfFacts {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const file = new PdfFile(buffer);
    // Of an encrypted file the streams can't be read, in which pages may stand.
    if (file.trailers.some(isEncrypted)) return { isEncrypted: true, pages: undefined };
    return { isEncrypted: false, pages: pagesOf(file) };
  } catch {
    return { isEncrypted: hasEncryptedTrailer(buffer), pages: undefined };
  }
}

function isEncrypted(trailer: PdfDictionary): boolean {
  const value = trailer.get('Encrypt');
  return value !== undefined && value !== null;
}

function pagesOf(file: PdfFile): number | undefined {
  const root = file.resolve(file.trailers.find(trailer => trailer.has('Root'))?.get('Root'));
  const pages = isDictionary(root) ? file.resolve(root.get('Pages')) : undefined;
  const count = isDictionary(pages) ? file.resolve(pages.get('Count')) : undefined;
  return typeof count === 'number' && Number.isInteger(count) && count > 0 ? count : undefined;
}

/** Trailers that are looked for in a file whose table is broken; a viewer mends it in the same way. */
const mostTrailers = 100;

function hasEncryptedTrailer(buffer: Buffer): boolean {
  let at = buffer.lastIndexOf('trailer');
  for (let count = 0; at !== -1 && count < mostTrailers; count++) {
    try {
      const trailer = new PdfReader(buffer.toString('latin1', at, at + 4_096), 'trailer'.length).value();
      if (isDictionary(trailer) && isEncrypted(trailer)) return true;
    } catch {
      // The word stands in some text, or what follows it is broken too.
    }
    at = at === 0 ? -1 : buffer.lastIndexOf('trailer', at - 1);
  }
  return false;
}
