/** Arguments as they are told apart: what is not plain stands in quotes, and what is not seen as its code. */
export function argumentsText(words: readonly string[]): string {
  return words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(' ');
}

function quoted(word: string): string {
  return JSON.stringify(word).replace(/(?! )[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/gu, character => {
    return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
  });
}
