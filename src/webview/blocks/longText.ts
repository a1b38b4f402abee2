/** Characters of one text that are drawn before the reader asks for the rest: as much as the longest answers have. */
export const mostShown = 500_000;

/** The first `characters` of a text, and not half of one. */
export function beginningOf(text: string, characters = mostShown): string {
  if (text.length <= characters) return text;
  const isWithinPair = /[\ud800-\udbff]/.test(text.charAt(characters - 1));
  return text.slice(0, isWithinPair ? characters - 1 : characters);
}

/** The name of the rest of a part among what the reader opens in a turn; parts are those of Find. */
export function restName(part: string): string {
  return `rest of ${part}`;
}
