import { Lexer, Tokenizer, type Token, type Tokens } from 'marked';

/**
 * The lexer, with bounds on what grows faster than the text: it looks for the end of every mark as far as the text goes,
 * and reads what stands in a quote or a list once for every level. Text that was made for that would stop the view.
 */
export class BoundedLexer extends Lexer {
  #depth = 0;

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#depth >= deepestInline) {
      tokens.push({ type: 'text', raw: source, text: source, escaped: false });
      return tokens;
    }
    this.#depth += 1;
    try {
      return this.#inPieces(source, tokens);
    } finally {
      this.#depth -= 1;
    }
  }

  /**
   * A run of text whose reading could take too long is read in pieces; a mark has no partner in another piece. Where
   * those together still take too long, what is left is text.
   */
  #inPieces(source: string, tokens: Token[]): Token[] {
    if (source.length <= alwaysShort || mostSteps(source) <= longestReading) return super.inlineTokens(source, tokens);
    let steps = 0;
    for (let at = 0; at < source.length;) {
      const end = steps > longestReading ? source.length : endOfPiece(source, at);
      const piece = source.slice(at, end);
      if (steps > longestReading) tokens.push({ type: 'text', raw: piece, text: piece, escaped: false });
      else super.inlineTokens(piece, tokens);
      steps += mostSteps(piece);
      at = end;
    }
    return tokens;
  }
}

/** Levels of quotes and lists within each other, and of emphasis and links; what lies deeper is text. */
const deepestBlock = 24;
const deepestInline = 10;
/** Steps: a paragraph of 20,000 characters may have 800 marks, and one in pieces 200,000 characters of usual text. */
const longestReading = 16_000_000;
/** Characters: of a piece, and the longest text that need not be counted. */
const alwaysShort = 1_000;

/** How many characters are looked at, at the most: by every mark, and by those who look for marks. */
export function mostSteps(source: string): number {
  return source.length * (marksIn(source) + stepsWithoutMarks);
}

/** How often each character is looked at where nothing is a mark. */
const stepsWithoutMarks = 50;

/** How many characters of `source` may begin something that ends later. */
function marksIn(source: string): number {
  let marks = 0;
  for (let at = 0; at < source.length; at++) if (isMark(source.charCodeAt(at))) marks += 1;
  return marks;
}

const markCodes = new Set(Array.from('*_~`[<\\$', mark => mark.charCodeAt(0)));

function isMark(code: number): boolean {
  return code < 127 && markCodes.has(code);
}

/** Behind the last blank of a piece, or where it has none, not within a character. */
function endOfPiece(source: string, start: number): number {
  const end = start + alwaysShort;
  if (end >= source.length) return source.length;
  // Not in all of the text: where there is none, the search would go back to its start.
  const piece = source.slice(start, end);
  const blank = Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\n'));
  if (blank !== -1) return start + blank + 1;
  return isHighSurrogate(source.charCodeAt(end - 1)) ? end - 1 : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

export class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#deeper(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#deeper(() => super.list(source));
  }

  #deeper<Found>(read: () => Found): Found | undefined {
    if (this.#depth >= deepestBlock) return undefined;
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }
}
