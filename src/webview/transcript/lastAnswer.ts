import type { Turn } from '../../shared/conversation.ts';

/** Whether nothing was said after it; a summary of what is above it says nothing. */
export function isLastSaid(turns: readonly Turn[], id: string): boolean {
  return turns.findLast(turn => turn.role === 'user' || !turn.isSummary)?.id === id;
}
