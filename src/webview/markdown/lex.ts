import type { Links, MarkedToken, Token, Tokens } from 'marked';
import { BoundedLexer, BoundedTokenizer } from './boundedLexer.ts';
import { mathExtensions, mayHaveMath, type MathToken, type OpenMath } from './math/mathSyntax.ts';

export type Block = MarkedToken | MathToken;

interface LexOptions {
  /** The link definitions that stand before it. */
  links?: Links;
  /** What may be a formula at its end that is still arriving. */
  openMath?: OpenMath;
}

const mathFor = { none: extensionsOf('none'), block: extensionsOf('block'), any: extensionsOf('any') };

/** The blocks of `source`. */
export function lex(source: string, { links = {}, openMath = 'none' }: LexOptions = {}): Block[] {
  const extensions = mayHaveMath(source) ? { extensions: mathFor[openMath] } : {};
  const lexer = new BoundedLexer({ gfm: true, tokenizer: new ContextFreeTokenizer(), ...extensions });
  Object.assign(lexer.tokens.links, links);
  return known(lexer.lex(source));
}

function extensionsOf(open: OpenMath) {
  return { ...mathExtensions(open), renderers: {}, childTokens: {} };
}

/** Tokens as the closed union that they are: formulas are the only ones that our extensions add. */
export function known(tokens: Token[] | undefined): Block[] {
  return (tokens ?? []) as Block[];
}

/**
 * The lexer remembers an open `<a>` or `<pre>` from one block to the next and reads what follows differently. Raw HTML
 * is text to us, so it must not reach beyond itself; a block then means the same wherever the source is cut.
 */
class ContextFreeTokenizer extends BoundedTokenizer {
  override tag(source: string): Tokens.Tag | undefined {
    const { inLink, inRawBlock } = this.lexer.state;
    const token = super.tag(source);
    this.lexer.state.inLink = inLink;
    this.lexer.state.inRawBlock = inRawBlock;
    return token;
  }
}
