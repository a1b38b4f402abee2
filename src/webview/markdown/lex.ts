import { Lexer, Tokenizer, type Links, type MarkedToken, type Token, type Tokens } from 'marked';

export type Block = MarkedToken;

/** The blocks of `source`, with `links` as the link definitions that stand before it. */
export function lex(source: string, links: Links = {}): Block[] {
  const lexer = new Lexer({ gfm: true, tokenizer: new ContextFreeTokenizer() });
  Object.assign(lexer.tokens.links, links);
  return known(lexer.lex(source));
}

/** Tokens as the closed union that they are: no extension of ours adds another type. */
export function known(tokens: Token[] | undefined): MarkedToken[] {
  return (tokens ?? []) as MarkedToken[];
}

/**
 * The lexer remembers an open `<a>` or `<pre>` from one block to the next and reads what follows differently. Raw HTML
 * is text to us, so it must not reach beyond itself; a block then means the same wherever the source is cut.
 */
class ContextFreeTokenizer extends Tokenizer {
  override tag(source: string): Tokens.Tag | undefined {
    const { inLink, inRawBlock } = this.lexer.state;
    const token = super.tag(source);
    this.lexer.state.inLink = inLink;
    this.lexer.state.inRawBlock = inRawBlock;
    return token;
  }
}
