import type { Turn } from './conversation.ts';

/** The turns with `turn` behind the one with the id `afterTurnId`; null: before all. */
export function insertedAfter(turns: readonly Turn[], turn: Turn, afterTurnId: string | null): Turn[] {
  const at = turns.findIndex(({ id }) => id === afterTurnId) + 1;
  return turns.toSpliced(at, 0, turn);
}

/** Marks all turns up to `throughTurnId` as those that a summary stands for, and no others; null: none. */
export function markedThrough(turns: readonly Turn[], throughTurnId: string | null): Turn[] {
  const last = turns.findIndex(({ id }) => id === throughTurnId);
  return turns.map((turn, index) => {
    const isSummarized = index <= last && !(turn.role === 'assistant' && turn.isSummary);
    if (isSummarized === (turn.isSummarized ?? false)) return turn;
    const changed = { ...turn };
    if (isSummarized) changed.isSummarized = true;
    else delete changed.isSummarized;
    return changed;
  });
}
