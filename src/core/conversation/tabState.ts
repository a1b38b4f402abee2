import type { Remembered } from './remembered.ts';

/** What a tab knows after the window was reloaded. */
export type TabState = Remembered;

/** The conversation that the page of a tab has shown, from what it kept; undefined where that is nothing of ours. */
export function parseTabState(kept: unknown): TabState | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { conversationId, hasTurns } = kept as { conversationId?: unknown; hasTurns?: unknown };
  if (typeof conversationId !== 'string' || conversationId === '') return undefined;
  return { id: conversationId, hasTurns: hasTurns === true };
}
