/** Characters that cost about a token each: Han, kana, Hangul and their punctuation. */
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;

/** A rough count, the same for input and output: 4 characters a token, 1 for each wide character. */
export function countTokens(text: string): number {
  let quarters = 0;
  for (const character of text) quarters += quartersOf(character);
  return Math.ceil(quarters / 4);
}

/** The longest start of the text that costs at most so many tokens; never ends inside a surrogate pair. */
export function firstTokens(text: string, tokens: number): string {
  let quarters = 0;
  let length = 0;
  for (const character of text) {
    quarters += quartersOf(character);
    if (quarters > tokens * 4) return text.slice(0, length);
    length += character.length;
  }
  return text;
}

export function isWide(character: string): boolean {
  // Most text is far below the first wide character, and prompts can have megabytes of it.
  return character.charCodeAt(0) >= 0x1100 && WIDE.test(character);
}

function quartersOf(character: string): number {
  return isWide(character) || character.length > 1 ? 4 : 1;
}
