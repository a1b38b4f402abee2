import type { ConversationHistory, ConversationHit } from '../../src/core/history/history.ts';

/** What a search has found in the end. */
export function allFound(history: ConversationHistory, query: string, limit = 10): ConversationHit[] {
  return [...history.search(query, limit)].at(-1) ?? [];
}
