import type { ProblemKind, Said } from '../../shared/problem.ts';
import { tooLongFacts } from '../models/contextLimit.ts';
import { optionalFields } from '../../shared/requestFields.ts';

/**
 * What an endpoint's words say of a request, in the protocol's terms: read here, once, where they come in. Nothing behind
 * the border searches them again. Undefined where they say nothing that changes what can be done.
 */
export function saidIn(kind: ProblemKind, words: string, message: string): Said | undefined {
  const said = saidOf(kind, words, message);
  return Object.keys(said).length > 0 ? said : undefined;
}

function saidOf(kind: ProblemKind, words: string, message: string): Said {
  if (kind === 'promptTooLong') {
    const { limit } = tooLongFacts(message);
    return limit !== undefined && limit > 0 ? { contextWindow: limit } : {};
  }
  if (kind !== 'notFound' && kind !== 'badRequest') return {};
  // Of a page that is not there, the word for it may be the same.
  const media = kind === 'badRequest' || /support/i.test(message) ? mediaIn(message) : undefined;
  const fields = kind === 'badRequest' ? namedFields.filter(field => names(message, field)) : [];
  return {
    ...(kind === 'notFound' && namesModel(words, message) && { isModel: true }),
    ...(fields.length > 0 && { fields }),
    ...(kind === 'badRequest' && signatureWords.test(message) && { isThinking: true }),
    ...(kind === 'badRequest' && toolTypeWords.test(message) && { isToolType: true }),
    ...(media && { media }),
  };
}

const namedFields = ['cache_control', ...optionalFields];

/** Words that an error message may use for something else than the field: they count only where they are marked. */
const everydayWords: ReadonlySet<string> = new Set(['system', 'tools', 'thinking', 'metadata']);

function names(message: string, field: string): boolean {
  const marked = String.raw`(?:^|["'\`(\s])${field}(?:["'\`:.)]|$)`;
  // Its name stands behind that of what carries it.
  const bare = field === 'cache_control' ? String.raw`(?<!\w)${field}(?!\w)` : String.raw`(?<![\w.])${field}(?!\w)`;
  return new RegExp(everydayWords.has(field) ? marked : bare, 'm').test(message);
}

/** Not the `models` of a path. */
function namesModel(words: string, message: string): boolean {
  return /model_not_found|invalid_model/.test(words) || /(?<![a-z/])model/i.test(message);
}

/**
 * The endpoint refused thinking that was handed back: it was signed by another channel than the one that a relay has
 * chosen this time, or the relay has dropped a part of it.
 */
const signatureWords =
  /invalid [`'"]?signature[`'"]? in [`'"]?thinking|expected [`'"]?(redacted_)?thinking[`'"]?|thinking[`'"]? blocks? .*(cannot be modified|must be (passed|returned) back)/i;

/** The endpoint knows no tool of a kind that the service defines, nor the beta that it needs, or takes functions only. */
const toolTypeWords =
  /\btool types?\b|\b(text_editor|bash|computer)_20\d{6}|\btools?[.[]\d+\]?[^\n]{0,80}\b(type|tag|function|input_schema|description)\b|(unsupported|unknown|invalid) tools?\b|\banthropic-beta\b/i;

const mediaWords = {
  image: /(?<![a-z])images?(?![a-z])|image_url|图片|图像/i,
  document: /(?<![a-z])(pdfs?|documents?)(?![a-z])|文档/i,
} as const;
/** What an endpoint says that was to fetch one of either. */
const downloadWords = /unable to download|failed to (download|fetch)|could ?n.t (download|fetch)/i;
const placeWords = /\bmessages[.[](\d+)\]?\.content[.[](\d+)\]?/;

function mediaIn(message: string): Said['media'] {
  const isDownload = downloadWords.test(message);
  const kinds = (['image', 'document'] as const).filter(kind => isDownload || mediaWords[kind].test(message));
  if (kinds.length === 0) return undefined;
  const place = placeWords.exec(message);
  return { kinds, ...(place && { message: Number(place[1]), block: Number(place[2]) }) };
}
