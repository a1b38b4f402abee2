import type { AnswerBlock } from '../../shared/conversation.ts';

/** Blocks of an answer that are drawn together: from `first` to the one before `end`. */
export interface Portion {
  first: number;
  end: number;
}

const mostBlocks = 50;
const mostCharacters = 100_000;

/**
 * An answer in portions each of which is drawn at once, however many blocks there are. A block that is added changes
 * none but the last one.
 */
export function portionsOf(blocks: readonly AnswerBlock[]): Portion[] {
  const portions: Portion[] = [];
  let characters = 0;
  for (const [index, { text }] of blocks.entries()) {
    const last = portions.at(-1);
    if (last && index - last.first < mostBlocks && characters < mostCharacters) last.end = index + 1;
    else {
      portions.push({ first: index, end: index + 1 });
      characters = 0;
    }
    characters += text.length;
  }
  return portions;
}

/** How an answer begins and how it ends; the reader asks for what stands between. */
export function isShownAtFirst(index: number, count: number): boolean {
  return index === 0 || index >= count - 2;
}

/** Its name among what the reader opens in a turn. */
export function portionName({ first }: Portion): string {
  return `portion ${first}`;
}
