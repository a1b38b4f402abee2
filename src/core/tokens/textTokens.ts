import type { Tokenizer } from './tokenizer.ts';

/** The pieces of a text that decide how many tokens it has. */
export interface TextPieces {
  /** Runs of lower-case letters with the capital before them: `getUser` is two. A space before one is a part of it. */
  words: number;
  /** The letters of words beyond the ones that a token usually has room for. */
  furtherLetters: number;
  /** Letters of names in capitals. */
  capitals: number;
  digits: number;
  /** Runs of spaces before a digit: a token of their own. */
  spacesBeforeDigits: number;
  /** Runs of spaces before anything else that is no word. */
  spaces: number;
  /** Runs of line breaks. */
  lineBreaks: number;
  punctuation: number;
  /** A mark right behind another: `":` and `"}}` are often one token. */
  joinedPunctuation: number;
  /** The same mark again, as in a rule or a table. */
  repeatedPunctuation: number;
  han: number;
  hiragana: number;
  katakana: number;
  /** Full-width marks and the punctuation of Chinese and Japanese. */
  widePunctuation: number;
  hangul: number;
  /** Letters of other scripts, and Latin ones with a diacritic. */
  otherLetters: number;
  /** Characters outside the basic plane: mostly emoji. */
  astral: number;
}

/** Letters that a word of one token has at most, as far as this estimate goes. */
const wordLetters = 6;

/**
 * What each piece costs, in tokens. Fitted to counts that the service has reported for published requests and answers;
 * `test/unit/tokens/published` has them.
 */
export const pieceCosts: Record<keyof TextPieces, number> = {
  words: 1,
  furtherLetters: 0.15,
  capitals: 0.6,
  digits: 0.82,
  spacesBeforeDigits: 1.05,
  spaces: 0.25,
  lineBreaks: 1.05,
  punctuation: 0.85,
  joinedPunctuation: 0.2,
  repeatedPunctuation: 0.3,
  han: 1.1,
  hiragana: 0.73,
  katakana: 0.87,
  widePunctuation: 0.97,
  hangul: 1.35,
  otherLetters: 0.8,
  astral: 2.4,
};

/**
 * The newer tokenizer cuts words of Latin letters into more pieces and leaves everything else as it was: published
 * measurements are 1.2 to 1.45 for prose, 1.13 to 1.36 for code, 1.0 for Chinese, Japanese, Korean and for digits.
 */
const newerWordFactor = 1.5;

/** An estimate of the tokens of a text; linear, some milliseconds for a megabyte. */
export function estimateTextTokens(text: string, tokenizer: Tokenizer): number {
  const pieces = countPieces(text);
  let tokens = 0;
  for (const [piece, count] of Object.entries(pieces) as [keyof TextPieces, number][]) {
    tokens += count * pieceCosts[piece];
  }
  if (tokenizer === 'claude3') return tokens;
  const inWords = pieces.words * pieceCosts.words + pieces.furtherLetters * pieceCosts.furtherLetters;
  return tokens + inWords * (newerWordFactor - 1);
}

const lower = 1;
const upper = 2;
const digit = 3;
const space = 4;
const lineBreak = 5;
const punctuation = 6;
const han = 7;
const hiragana = 8;
const katakana = 9;
const widePunctuation = 10;
const hangul = 11;
const otherLetter = 12;
const surrogate = 13;

/** The kind of each character code: a table, since a megabyte is looked at while somebody types. */
const kinds = buildKinds();

export function countPieces(text: string): TextPieces {
  const counts = new Uint32Array(surrogate + 1);
  let words = 0;
  let furtherLetters = 0;
  let abbreviated = 0;
  let lettersOfWord = 0;
  let spaces = 0;
  let spacesBeforeWords = 0;
  let spacesBeforeDigits = 0;
  let lineBreaks = 0;
  let joinedPunctuation = 0;
  let repeatedPunctuation = 0;
  let previous = 0;
  let previousCode = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = kinds[code] ?? otherLetter;
    switch (kind) {
      case lower:
        if (previous === lower) lettersOfWord++;
        else {
          words++;
          if (previous === space) spacesBeforeWords++;
          // The capital before it begins the word and is no abbreviation.
          lettersOfWord = previous === upper ? 2 : 1;
          if (previous === upper) abbreviated--;
        }
        if (lettersOfWord > wordLetters) furtherLetters++;
        break;
      case upper:
        abbreviated++;
        if (previous === space) spacesBeforeWords++;
        break;
      case digit:
        counts[digit] = (counts[digit] ?? 0) + 1;
        if (previous === space) spacesBeforeDigits++;
        break;
      case space:
        if (previous !== space) spaces++;
        break;
      case lineBreak:
        if (previous !== lineBreak) lineBreaks++;
        break;
      case punctuation:
        if (code === previousCode) repeatedPunctuation++;
        else if (previous === punctuation) joinedPunctuation++;
        else counts[punctuation] = (counts[punctuation] ?? 0) + 1;
        break;
      default:
        counts[kind] = (counts[kind] ?? 0) + 1;
    }
    previous = kind;
    previousCode = code;
  }
  return {
    words,
    furtherLetters,
    capitals: abbreviated,
    digits: counts[digit] ?? 0,
    spacesBeforeDigits,
    spaces: spaces - spacesBeforeWords - spacesBeforeDigits,
    lineBreaks,
    punctuation: counts[punctuation] ?? 0,
    joinedPunctuation,
    repeatedPunctuation,
    han: counts[han] ?? 0,
    hiragana: counts[hiragana] ?? 0,
    katakana: counts[katakana] ?? 0,
    widePunctuation: counts[widePunctuation] ?? 0,
    hangul: counts[hangul] ?? 0,
    otherLetters: counts[otherLetter] ?? 0,
    astral: (counts[surrogate] ?? 0) / 2,
  };
}

function buildKinds(): Uint8Array {
  const table = new Uint8Array(0x10000).fill(otherLetter);
  const set = (from: number, to: number, kind: number): void => void table.fill(kind, from, to + 1);
  set(0x00, 0x7f, punctuation);
  set(0x61, 0x7a, lower);
  set(0x41, 0x5a, upper);
  set(0x30, 0x39, digit);
  for (const code of [0x09, 0x20, 0xa0]) set(code, code, space);
  for (const code of [0x0a, 0x0d]) set(code, code, lineBreak);
  set(0xa1, 0xbf, punctuation);
  set(0x2000, 0x2bff, punctuation);
  set(0x3000, 0x303f, widePunctuation);
  set(0x3040, 0x309f, hiragana);
  set(0x30a0, 0x30ff, katakana);
  set(0x1100, 0x11ff, hangul);
  set(0x3130, 0x318f, hangul);
  set(0xac00, 0xd7af, hangul);
  set(0x3400, 0x9fff, han);
  set(0xf900, 0xfaff, han);
  set(0xd800, 0xdfff, surrogate);
  set(0xff00, 0xffef, widePunctuation);
  return table;
}
