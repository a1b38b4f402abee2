import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { countTokens } from '../tokens.ts';
import type { ContentBlock } from '../wire.ts';
import type { Context } from './context.ts';
import { asObject, asString, fail, noOthers, oneOf, required, tagOf } from './fields.ts';
import type { ImageFacts } from './image-facts.ts';
import { imageFacts } from './image-facts.ts';

const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;
const MAX_IMAGE_TEXT = 5 * 1024 * 1024;
const MAX_SIDE = 8000;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function imageBlock(block: JsonObject, path: string, context: Context): ContentBlock {
  noOthers(block, ['type', 'source', 'cache_control'], path);
  const source = asObject(required(block, 'source', path), `${path}.source`);
  const at = `${path}.source`;
  switch (tagOf(source, at, ['base64', 'url', 'file'])) {
    case 'base64': {
      const facts = base64Image(source, `${at}.base64`);
      return {
        type: 'image',
        described: `${facts.kind.slice('image/'.length).toUpperCase()} image of ${facts.width}×${facts.height} pixels`,
        tokens: imageTokens(facts),
      };
    }
    case 'url':
      return { type: 'image', described: `image at ${sourceUrl(source, `${at}.url`)}`, tokens: 1568 };
    default:
      return { type: 'image', described: `image file ${sourceFile(source, `${at}.file`, context)}`, tokens: 1568 };
  }
}

export function documentBlock(block: JsonObject, path: string, context: Context): ContentBlock {
  noOthers(block, ['type', 'source', 'cache_control', 'citations', 'context', 'title'], path);
  const at = `${path}.source`;
  const source = asObject(required(block, 'source', path), at);
  const title = block['title'] === undefined ? '' : asString(block['title'], `${path}.title`, { min: 1, max: 500 });
  if (block['context'] !== undefined) asString(block['context'], `${path}.context`, { min: 1 });
  const document = (text: string, tokens: number): ContentBlock => ({ type: 'document', title, text, tokens });
  switch (tagOf(source, at, ['base64', 'content', 'file', 'text', 'url'])) {
    case 'base64':
      return document('', base64Pdf(source, `${at}.base64`));
    case 'text': {
      noOthers(source, ['type', 'media_type', 'data'], `${at}.text`);
      oneOf(required(source, 'media_type', `${at}.text`), `${at}.text.media_type`, ['text/plain']);
      const text = asString(required(source, 'data', `${at}.text`), `${at}.text.data`, { min: 1 });
      return document(text, countTokens(text));
    }
    case 'content': {
      const text = JSON.stringify(required(source, 'content', `${at}.content`));
      return document(text, countTokens(text));
    }
    case 'url':
      sourceUrl(source, `${at}.url`);
      return document('', 2000);
    default:
      sourceFile(source, `${at}.file`, context);
      return document('', 2000);
  }
}

function base64Image(source: JsonObject, path: string): ImageFacts {
  noOthers(source, ['type', 'media_type', 'data'], path);
  const declared = oneOf(required(source, 'media_type', path), `${path}.media_type`, IMAGE_TYPES);
  const data = base64Data(source, path);
  if (data.length > MAX_IMAGE_TEXT) {
    fail(path, `image exceeds 5 MB maximum: ${data.length} bytes > ${MAX_IMAGE_TEXT} bytes`);
  }
  const facts = imageFacts(Buffer.from(data, 'base64'));
  if (facts === undefined) throw invalid('Could not process image');
  if (facts.kind !== declared) {
    fail(
      path,
      `The image was specified using the ${declared} media type, but the image appears to be a ${facts.kind} image`,
    );
  }
  if (Math.max(facts.width, facts.height) > MAX_SIDE) {
    fail(`${path}.data`, `At least one of the image dimensions exceed max allowed size: ${MAX_SIDE} pixels`);
  }
  return facts;
}

/** Estimated at 2000 tokens for each page that can be found. */
function base64Pdf(source: JsonObject, path: string): number {
  noOthers(source, ['type', 'media_type', 'data'], path);
  oneOf(required(source, 'media_type', path), `${path}.media_type`, ['application/pdf']);
  const bytes = Buffer.from(base64Data(source, path), 'base64').toString('latin1');
  if (!bytes.startsWith('%PDF-')) throw invalid('The PDF specified was not valid.');
  const pages = bytes.match(/\/Type\s*\/Page\b/g)?.length ?? 1;
  if (pages > 100) throw invalid('A maximum of 100 PDF pages may be provided.');
  return pages * 2000;
}

function base64Data(source: JsonObject, path: string): string {
  const data = asString(required(source, 'data', path), `${path}.data`, { min: 1 });
  if (!BASE64.test(data) || data.length % 4 !== 0) fail(`${path}.data`, 'Invalid base64 data');
  return data;
}

function sourceUrl(source: JsonObject, path: string): string {
  noOthers(source, ['type', 'url'], path);
  const url = asString(required(source, 'url', path), `${path}.url`, { min: 1 });
  if (!URL.canParse(url)) fail(`${path}.url`, 'Invalid URL');
  if (new URL(url).protocol !== 'https:') fail(`${path}.url`, 'Only HTTPS URLs are supported.');
  return url;
}

function sourceFile(source: JsonObject, path: string, context: Context): string {
  noOthers(source, ['type', 'file_id'], path);
  if (!context.betas.some(beta => beta.startsWith('files-api'))) fail(path, 'Extra inputs are not permitted');
  return asString(required(source, 'file_id', path), `${path}.file_id`, { min: 1 });
}

/** A token for each 28×28 pixels, after the image has been made as small as the standard tier wants it. */
function imageTokens({ width, height }: ImageFacts): number {
  const scale = Math.min(1, 1568 / Math.max(width, height, 1));
  return Math.min(1568, Math.ceil((width * scale) / 28) * Math.ceil((height * scale) / 28));
}
