/** What the tools may do in a conversation: nothing, read, or, each time with the user's word, change. */
export const toolModes = ['chat', 'plan', 'act'] as const;
export type ToolMode = (typeof toolModes)[number];

/** As it was stored, whoever has written that; what is not understood runs no tools. */
export function parseToolMode(value: unknown): ToolMode {
  return toolModes.find(mode => mode === value) ?? 'chat';
}
