import type { Lexer, Token, TokenizerExtensionFunction } from 'marked';
import { DetailsEnd } from './detailsEnd.ts';

/** Text that folds under a line of its own, as HTML writes it. */
export interface DetailsToken {
  type: 'details';
  raw: string;
  /** Whether it says that it is to be shown unfolded. */
  isOpen: boolean;
  /** Of its first line; undefined where it has none. */
  summary: Token[] | undefined;
  /** The text of that line, for the direction in which all of it reads. */
  summaryText: string;
  tokens: Token[];
  /** Whether there is only half of its first tags. */
  isArriving: boolean;
  /** Whether the tag that ends it is there. */
  isClosed: boolean;
}

/** The start of such a text. */
export interface DetailsOpening {
  /** Up to what is folded, exactly as it stands there. */
  raw: string;
  isOpen: boolean;
  summary: string | undefined;
}

/** Characters of an opening; one that is longer is text. */
const longestOpening = 2_000;
const start = String.raw`^ {0,3}<details((?:\s[^<>]*)?)>`;
const summaryStart = String.raw`\s*<summary(?:\s[^<>]*)?>`;
const withSummary = new RegExp(
  String.raw`${start}${summaryStart}((?:(?!\n[ \t]*\n|<\/?summary)[^])*)<\/summary\s*>`,
  'i',
);
const withoutSummary = new RegExp(String.raw`${start}[ \t]*(?:\n|$)(?!${summaryStart})`, 'i');
/** As much as has arrived where it can still become one with a summary. */
const halfOpening = new RegExp(
  String.raw`${start}\s*(?:<[a-z]{0,7}|<summary\s[^<>]*|<summary(?:\s[^<>]*)?>((?:(?!\n[ \t]*\n|<\/?summary)[^])*?)(?:<\/?[a-z]{0,7}\s*)?)?$`,
  'i',
);

/** Whether there can be one in `source` at all. */
export function mayHaveDetails(source: string): boolean {
  return /<details[\s>]/i.test(source);
}

/** The opening that `source` begins with. */
export function detailsOpening(source: string): DetailsOpening | undefined {
  const near = source.slice(0, longestOpening);
  const [raw, attributes = '', summary] = withSummary.exec(near) ?? withoutSummary.exec(near) ?? [];
  return raw === undefined ? undefined : { raw, isOpen: isSetOpen(attributes), summary: summary?.trim() };
}

function isSetOpen(attributes: string): boolean {
  return /\sopen(?=[\s=]|$)/i.test(attributes);
}

/** Half of an opening that is all of `source`. */
function arrivingOpening(source: string): DetailsOpening | undefined {
  if (source.length > longestOpening) return undefined;
  const [raw, attributes = '', summary = ''] = halfOpening.exec(source) ?? [];
  return raw === undefined ? undefined : { raw, isOpen: isSetOpen(attributes), summary: summary.trim() };
}

/** Reads what is folded, which is there as a whole; what it finds of text is read when the lexer that calls it reads its own. */
export type ReadFolded = (lexer: Lexer, folded: string) => Token[];

/** Such texts as a lexer's extension. While the source `isArriving`, the first half of an opening is one already. */
export function detailsExtension(isArriving: boolean, readFolded: ReadFolded): TokenizerExtensionFunction {
  return function (source): DetailsToken | undefined {
    // What stands in a list may be settled before it is known what becomes of it.
    const half = isArriving && this.lexer.state.top ? arrivingOpening(source) : undefined;
    const opening = half ?? detailsOpening(source);
    if (!opening) return undefined;
    const rest = source.slice(opening.raw.length);
    const { body, closing } = new DetailsEnd().take(rest);
    const folded = closing === undefined ? rest : body;
    return {
      type: 'details',
      raw: opening.raw + folded + (closing ?? ''),
      isOpen: opening.isOpen,
      summary: opening.summary === undefined ? undefined : this.lexer.inline(opening.summary, []),
      summaryText: opening.summary ?? '',
      tokens: readFolded(this.lexer, folded),
      isArriving: half !== undefined,
      isClosed: closing !== undefined,
    };
  };
}
