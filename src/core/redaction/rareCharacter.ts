/**
 * Where `text` has a character that answers and their events rarely have. Whoever looks for the text looks for that one
 * first: a search for one byte runs at the memory's speed, and one that stops at every `s` at a tenth of it.
 */
export function rareCharacterAt(text: string): number {
  const found = [/[\\~^]/, /-/, /[A-Z0-9/.+]/].map(characters => text.search(characters)).find(at => at !== -1);
  return found ?? 0;
}

/** Whether `text` has the `searched`, which has the rare `character` at `at`. */
export function includesRare(text: string, { searched, character, at }: RareText): boolean {
  // The engine's own search looks for the first character first.
  if (at === 0) return text.includes(searched);
  for (let found = text.indexOf(character); found !== -1; found = text.indexOf(character, found + 1)) {
    if (text.startsWith(searched, found - at)) return true;
  }
  return false;
}

export interface RareText {
  searched: string;
  character: string;
  at: number;
}

export function rareText(searched: string): RareText {
  const at = rareCharacterAt(searched);
  return { searched, character: searched.charAt(at), at };
}
