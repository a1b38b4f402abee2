import { readPdfFacts } from '../pdf/pdfFacts.ts';
import { isBinary } from './fileText.ts';
import { readImageSize } from '../tokens/imageSize.ts';
import type { MediaAttachment } from '../../shared/attachment.ts';

/** Bytes: the service takes 5 MB of base64 text for an image in every channel. */
const mostImageBytes = Math.floor((5 * 1024 * 1024 * 3) / 4);
/** Bytes: with its base64 text, a request stays below the 32 MB that the service takes. */
const mostDocumentBytes = 20 * 1024 * 1024;

/** Pixels of an edge: the service refuses larger ones. */
const longestImageEdge = 8_000;

export type Refusal =
  | 'unknownType'
  /** It would be taken as text of the workspace. */
  | 'text'
  | 'imageTooLarge'
  | 'imageTooWide'
  | 'documentTooLarge'
  | 'documentEncrypted'
  | 'empty'
  | 'badAddress';

export type Read = { ok: true; attachment: MediaAttachment } | { ok: false; refusal: Refusal };

/** What the bytes are, by their first ones: the service refuses an image under another type than its own. */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  const starts = (...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte);
  const text = (at: number, word: string): boolean =>
    Buffer.from(bytes.subarray(at, at + word.length)).equals(Buffer.from(word));
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (text(0, 'GIF8')) return 'image/gif';
  if (text(0, 'RIFF') && text(8, 'WEBP')) return 'image/webp';
  if (text(0, '%PDF-')) return 'application/pdf';
  return undefined;
}

/** A file as it is sent. Refused where the service would refuse it. */
export function readAttachment(id: string, name: string, bytes: Uint8Array): Read {
  if (bytes.length === 0) return { ok: false, refusal: 'empty' };
  const mediaType = sniffMediaType(bytes);
  if (mediaType === undefined) {
    const isText = !isBinary(bytes) && !isCalledMedia(name);
    return { ok: false, refusal: isText ? 'text' : 'unknownType' };
  }
  const kind = mediaType === 'application/pdf' ? 'document' : 'image';
  if (kind === 'image' && bytes.length > mostImageBytes) return { ok: false, refusal: 'imageTooLarge' };
  if (kind === 'document' && bytes.length > mostDocumentBytes) return { ok: false, refusal: 'documentTooLarge' };
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const source = { type: 'base64', mediaType, data } as const;
  if (kind === 'document') {
    const { isEncrypted, pages } = readPdfFacts(bytes);
    if (isEncrypted) return { ok: false, refusal: 'documentEncrypted' };
    return { ok: true, attachment: { id, kind, name, source, ...(pages !== undefined && { pages }) } };
  }
  const pixels = readImageSize(data);
  if (pixels && Math.max(pixels.width, pixels.height) > longestImageEdge) return { ok: false, refusal: 'imageTooWide' };
  return { ok: true, attachment: { id, kind, name, source, ...(pixels && { pixels }) } };
}

/** What images of the kinds that the service refuses are called. */
const otherImages = /\.(svgz?|bmp|tiff?|hei[cf]|avif|ico|jxl|psd)$/i;

function isCalledMedia(name: string): boolean {
  return otherImages.test(name) || /\.(png|jpe?g|gif|webp|pdf)$/i.test(name);
}

/** An image or a PDF that the endpoint fetches itself. */
export function readAddress(id: string, address: string): Read {
  const text = address.trim();
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:') return { ok: false, refusal: 'badAddress' };
  const { pathname, href, host } = new URL(text);
  if (otherImages.test(pathname)) return { ok: false, refusal: 'unknownType' };
  const kind = /\.pdf$/i.test(pathname) ? 'document' : 'image';
  const name = pathname.split('/').at(-1) || host;
  return { ok: true, attachment: { id, kind, name, source: { type: 'url', url: href } } };
}
