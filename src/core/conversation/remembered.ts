import type { ConversationStore } from './store.ts';

/** The conversation that a place has shown last. */
export interface Remembered {
  id: string;
  /** Whether the place knows that something was said in it. */
  hasTurns: boolean;
}

/**
 * Whether what a place has shown is no longer there. A new conversation is not stored before something is said or typed,
 * and not missed.
 */
export async function isGone(
  { id, hasTurns }: Remembered,
  store: Pick<ConversationStore, 'history' | 'load'>,
): Promise<boolean> {
  if (await store.history.has(id)) return false;
  const stored = await store.load(id);
  // Its row may be lost and its turns be there.
  if (stored?.isDamaged) return false;
  return hasTurns || (stored?.turns.length ?? 0) > 0;
}
