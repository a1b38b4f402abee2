import type { AssistantTurn } from '../../shared/conversation.ts';

/**
 * Whether nothing is to be seen yet of what a running answer's request brings. What a continued answer had before does
 * not count. `textOf` gives the text of a block as far as it has arrived.
 */
export function showsNothing({ state, blocks }: AssistantTurn, textOf: (index: number) => string): boolean {
  if (state.phase === 'waiting') return true;
  // Thinking that goes on and calls of tools say themselves that something is being done.
  return blocks.every(({ type }, index) => {
    const isLast = index === blocks.length - 1;
    if (type === 'toolUse' || (type === 'thinking' && isLast)) return false;
    return type !== 'text' || textOf(index) === '';
  });
}
