/**
 * What the user has decided about a tool. Off: it is not offered. Ask: each call is asked about. Once: the first of a
 * conversation, whose answer then counts for it.
 */
export const toolStates = ['ask', 'once', 'off'] as const;
export type ToolState = (typeof toolStates)[number];

/** As it was stored, whoever has written that; what is not understood asks. */
export function parseToolState(value: unknown): ToolState {
  return toolStates.find(state => state === value) ?? 'ask';
}
