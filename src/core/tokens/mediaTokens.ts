import { Buffer } from 'node:buffer';
import { fitImage, type ImageLimits, patchesOf, type PixelSize } from '../../shared/imageFit.ts';
import { readPdfFacts } from '../pdf/pdfFacts.ts';
import type { DocumentBlockParam, ImageBlockParam } from '../messages/wire.ts';
import { readImageSize } from './imageSize.ts';
import { estimateTextTokens } from './textTokens.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The service scales an image down to both: its longer edge in pixels, and its tokens. */
const imageLimits: Record<Tokenizer, ImageLimits> = {
  claude3: { longEdgePixels: 1568, tokens: 1568 },
  claude47: { longEdgePixels: 2576, tokens: 4784 },
};

/** A page of a PDF is read as its text, 1,500 to 3,000 tokens by the vendor's word, and as an image of the page. */
const pdfPageTextTokens = 2_250;
const pdfPageImageTokens = 1_568;

/** Characters of base64 of a PDF that are searched for pages; what lies behind is counted in proportion. */
const pdfSearchedCharacters = 4_000_000;
/** Of a PDF whose pages stand in compressed streams: about as much as a page of text with fonts takes. */
const usualPdfPageBytes = 60_000;

/** An image whose size can't be read, and one that is fetched by the service, counts as the largest. */
export function estimateImageTokens(image: ImageBlockParam, tokenizer: Tokenizer): number {
  const size = image.source.type === 'base64' ? readImageSize(image.source.data) : undefined;
  return size ? tokensOfSize(size, tokenizer) : imageLimits[tokenizer].tokens;
}

/** A token for each patch of 28 × 28 pixels of the image as it is after it was scaled down. */
export function tokensOfSize(size: PixelSize, tokenizer: Tokenizer): number {
  return patchesOf(fitImage(size, imageLimits[tokenizer]));
}

export function estimateDocumentTokens(document: DocumentBlockParam, tokenizer: Tokenizer): number {
  const named = estimateTextTokens(`${document.title ?? ''}\n${document.context ?? ''}`, tokenizer);
  const { source } = document;
  if (source.type === 'text') return named + estimateTextTokens(source.data, tokenizer);
  const pages = source.type === 'base64' ? countPdfPages(source.data) : 1;
  return named + pages * (pdfPageTextTokens + pdfPageImageTokens);
}

/** The pages of a PDF in base64, at least 1; a guess by what can be seen where the file does not tell. */
export function countPdfPages(base64: string): number {
  const { pages } = readPdfFacts(Buffer.from(base64, 'base64'));
  if (pages !== undefined) return pages;
  const searched = Math.min(base64.length, pdfSearchedCharacters);
  const text = Buffer.from(base64.slice(0, searched), 'base64').toString('latin1');
  const found = text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;
  if (found > 0) return Math.round((found * base64.length) / searched);
  const counts = [...text.matchAll(/\/Type\s*\/Pages\b[^>]{0,200}?\/Count\s+(\d+)/g)].map(match => Number(match[1]));
  if (counts.length > 0) return Math.max(1, ...counts);
  return Math.max(1, Math.round((base64.length * 0.75) / usualPdfPageBytes));
}
