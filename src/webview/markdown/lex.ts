import type { Lexer, Links, MarkedToken, Token, Tokens } from 'marked';
import markedCjkFriendly from 'marked-cjk-friendly';
import { BoundedLexer, BoundedTokenizer } from './boundedLexer.ts';
import { closingLine, FenceNesting, isMarkdown, openingFence } from './fences.ts';
import { detailsExtension, mayHaveDetails, type DetailsToken } from './html/detailsSyntax.ts';
import { beginsInline } from './html/inlineTags.ts';
import { mathExtensions, mayHaveMath, type MathToken, type OpenMath } from './math/mathSyntax.ts';
import { withCodeBarsEscaped } from './tableBars.ts';

export type Block = MarkedToken | MathToken | DetailsToken;

interface LexOptions {
  /** The link definitions that stand before it. */
  links?: Links;
  /** What may be a formula at its end that is still arriving. */
  openMath?: OpenMath;
  /** Texts that fold and that it stands in. */
  foldedLevels?: number;
}

/** Texts that fold within each other; what lies deeper is text. */
export const mostFoldedLevels = 8;

/** The blocks of `source`. */
export function lex(source: string, { links = {}, ...options }: LexOptions = {}): Block[] {
  const lexer = lexerFor(source, options);
  Object.assign(lexer.tokens.links, links);
  return known(lexer.lex(source));
}

function lexerFor(source: string, { openMath = 'none', foldedLevels = 0 }: LexOptions): BoundedLexer {
  const isArriving = openMath !== 'none';
  const details =
    foldedLevels < mostFoldedLevels && mayHaveDetails(source)
      ? [detailsExtension(isArriving, (lexer, folded) => readFolded(lexer, folded, foldedLevels + 1))]
      : [];
  const math = mayHaveMath(source) ? mathFor[openMath] : undefined;
  const extensions =
    math || details.length > 0
      ? { ...math, block: [...(math?.block ?? []), ...details], renderers: {}, childTokens: {} }
      : undefined;
  const tokenizer = new Tokenizer(isArriving);
  return new BoundedLexer(extensions ? { gfm: true, tokenizer, extensions } : { gfm: true, tokenizer });
}

const mathFor = { none: mathExtensions('none'), block: mathExtensions('block'), any: mathExtensions('any') };

/** Definitions of links count in all of the text, wherever they stand. */
function readFolded(lexer: Lexer, source: string, foldedLevels: number): Token[] {
  const inner = lexerFor(source, { foldedLevels });
  inner.tokens.links = lexer.tokens.links;
  const tokens = inner.blockTokens(source, []);
  for (const text of inner.inlineQueue) lexer.inlineQueue.push(text);
  return tokens;
}

/** Tokens as the closed union that they are: formulas and texts that fold are the only ones that our extensions add. */
export function known(tokens: Token[] | undefined): Block[] {
  return (tokens ?? []) as Block[];
}

const { emStrong: cjkEmStrong, del: cjkDel } = markedCjkFriendly().tokenizer ?? {};

/** What an address is made of: no character of Chinese, Japanese or Korean text, nor their punctuation. */
const addressEnd = /[^\x21-\x7e]/;
/** Two tildes strike through; one stands for “about” or “to”. */
const struckThrough = /^~~(?!~)/;

/**
 * Marked's reading, but where it harms what models write:
 *
 * - It remembers an open `<a>` or `<pre>` from one block to the next and reads what follows differently. Raw HTML is text
 *   to us, so it must not reach beyond itself; a block then means the same wherever the source is cut.
 * - Emphasis stands beside Chinese, Japanese and Korean punctuation, too.
 * - One tilde strikes nothing through, an address ends before text of those languages, none but `mailto:` is a mail's, and
 *   code in a table holds its bars.
 * - No block of HTML goes on after a blank line, whatever tag it begins with.
 * - A block of Markdown as code holds the blocks of code within it.
 */
class Tokenizer extends BoundedTokenizer {
  readonly #isArriving: boolean;

  constructor(isArriving: boolean) {
    super();
    this.#isArriving = isArriving;
  }

  override fences(source: string): Tokens.Code | undefined {
    const [opening = '', indent = '', marker = '', info = ''] = openingFence.exec(source) ?? [];
    if (!isMarkdown(info)) return super.fences(source);
    const closing = closingLine(source, opening.length, new FenceNesting(marker, info));
    // One that never closes reads by the rules, once it is known that it won't. What stands in a list may be settled
    // before that.
    if (closing === undefined && !(this.#isArriving && this.lexer.state.top)) return super.fences(source);
    const body = source.slice(opening.length, closing);
    const [closingFence = ''] = closing === undefined ? [] : (/^.*/.exec(source.slice(closing)) ?? []);
    // Marks that nothing within can end.
    let longest = marker.length;
    for (const [run] of body.matchAll(/`{3,}|~{3,}/g)) longest = Math.max(longest, run.length);
    const unlike = marker.charAt(0).repeat(longest + 1);
    const token = super.fences(`${indent}${unlike}${info}\n${body}${closingFence && `${indent}${unlike}`}`);
    return token && { ...token, raw: opening + body + closingFence };
  }

  override tag(source: string): Tokens.Tag | undefined {
    const { inLink, inRawBlock } = this.lexer.state;
    const token = super.tag(source);
    this.lexer.state.inLink = inLink;
    this.lexer.state.inRawBlock = inRawBlock;
    return token;
  }

  override html(source: string): Tokens.HTML | undefined {
    if (!/^ {0,3}</.test(source) || beginsInline(source)) return undefined;
    const { 0: blank = '', index = source.length } = /\n(?:[ \t]*\n)+/.exec(source) ?? {};
    return super.html(source.slice(0, index + blank.length));
  }

  override emStrong(source: string, masked: string, before = ''): Tokens.Em | Tokens.Strong | undefined {
    const token = cjkEmStrong?.call(this, source, masked, before);
    return token === false ? super.emStrong(source, masked, before) : token;
  }

  override del(source: string, masked: string, before = ''): Tokens.Del | undefined {
    if (!struckThrough.test(source)) return undefined;
    const token = cjkDel?.call(this, source, masked, before);
    return token === false ? super.del(source, masked, before) : token;
  }

  override url(source: string): Tokens.Link | undefined {
    const end = source.search(addressEnd);
    return withoutMail(super.url(end === -1 ? source : source.slice(0, end)));
  }

  override autolink(source: string): Tokens.Link | undefined {
    return withoutMail(super.autolink(source));
  }

  /** What looks like a definition of a footnote is its text. */
  override def(source: string): Tokens.Def | undefined {
    const token = super.def(source);
    return token?.tag.startsWith('^') ? undefined : token;
  }

  override table(source: string): Tokens.Table | undefined {
    const [table = ''] = this.rules.block.table.exec(source) ?? [];
    const token = super.table(withCodeBarsEscaped(table));
    return token && { ...token, raw: table };
  }
}

function withoutMail(token: Tokens.Link | undefined): Tokens.Link | undefined {
  return token?.href.startsWith('mailto:') && !/^mailto:/i.test(token.text) ? undefined : token;
}
