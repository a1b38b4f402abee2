import type { ConversationHit } from '../../src/shared/storedConversations.ts';
import type { SqliteHistory } from '../../src/core/store/sqliteHistory.ts';

/** What a search has found in the end. */
export function allFound(history: SqliteHistory, query: string, limit = 10): ConversationHit[] {
  return [...history.search(query, limit)].at(-1) ?? [];
}
