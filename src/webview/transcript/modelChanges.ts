import type { Turn } from '../../shared/conversation.ts';

/** The answers above which the model's name stands: the first one, and each that another model gave than the one before. */
export function modelChanges(turns: readonly Turn[]): Set<string> {
  const changes = new Set<string>();
  let model: string | undefined;
  for (const turn of turns) {
    // A summary has a title of its own, and may be older than what stands above it.
    if (turn.role !== 'assistant' || turn.isSummary) continue;
    if (turn.model !== model) changes.add(turn.id);
    model = turn.model;
  }
  return changes;
}
