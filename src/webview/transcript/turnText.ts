import type { Turn } from '../../shared/conversation.ts';

/** What a turn says, as its writer wrote it: the part of it that can be edited. */
export function turnText(turn: Turn): string {
  if (turn.role === 'user') return turn.text;
  return turn.blocks.flatMap(block => (block.type === 'text' && block.text !== '' ? [block.text] : [])).join('\n\n');
}
