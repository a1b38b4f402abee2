/** A character that begins something to choose, and where it does: elsewhere it is a character like any other. */
export interface Trigger {
  character: '/' | '@';
  place: 'messageStart' | 'wordStart';
}

/** The word at the caret that begins with a trigger. Offsets are UTF-16 code units. */
export interface Token {
  character: Trigger['character'];
  /** Of the trigger. */
  start: number;
  /** Behind the last character of the word, which may stand behind the caret. */
  end: number;
  /** What stands between the trigger and the caret, full-width letters as the ordinary ones. */
  query: string;
}

/** Input methods of Chinese and Japanese give these for the same keys. */
const fullWidth = { '/': '／', '@': '＠' } as const;

/** What may stand right before a word that has no space before it: brackets, quotes, and scripts without spaces. */
const wordMayFollow = /[\s([{"'“‘「『（【、。，！？：；\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/** The token that the caret is in or behind. */
export function tokenAt(text: string, caret: number, triggers: readonly Trigger[]): Token | undefined {
  const word = /\S*$/.exec(text.slice(0, caret))?.[0] ?? '';
  // From the caret back: a path may hold another trigger.
  for (let at = word.length - 1; at >= 0; at--) {
    const start = caret - word.length + at;
    const letter = word.charAt(at);
    const trigger = triggers.find(({ character }) => letter === character || letter === fullWidth[character]);
    if (!trigger || !mayBegin(trigger, text.slice(0, start))) continue;
    const rest = /^\S*/.exec(text.slice(caret))?.[0] ?? '';
    const query = word.slice(at + 1).normalize('NFKC');
    return { character: trigger.character, start, end: caret + rest.length, query };
  }
  return undefined;
}

function mayBegin({ place }: Trigger, preceding: string): boolean {
  return preceding.trim() === '' || (place === 'wordStart' && wordMayFollow.test(preceding));
}
