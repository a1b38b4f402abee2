import { visibleText } from './visibleText.ts';

/** Arguments as they are told apart: what is not plain stands in quotes, and what is not seen as its number. */
export function argumentsText(words: readonly string[]): string {
  return words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : visibleText(JSON.stringify(word)))).join(' ');
}
