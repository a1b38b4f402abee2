/**
 * Characters that nobody sees, or that change what is seen: of format and control, tags, and selectors of variants, which
 * can carry a message between letters. Joiners within an emoji are none of these, nor is one selector where it selects.
 */
const unseen =
  /(?!(?<=\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d(?=\p{Extended_Pictographic}))[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]|(?<![\p{Script=Han}\p{Emoji}\p{S}])\p{Variation_Selector}/gu;

/** Words that are not ours with what is hidden in them made visible. */
export function visible(text: string): string {
  return text.replace(unseen, character => (/[\n\t\r]/.test(character) ? character : numberOf(character)));
}

/** What stands in the place of a character that is not seen: its number, as `⟨U+200B⟩`. */
export function numberOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** The same, for at most so many characters. */
export function visibleWithin(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return visible(cut);
}
