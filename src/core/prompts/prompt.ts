import type { Intent } from '../../shared/conversation.ts';
import type { PromptOrigin } from '../../shared/prompt.ts';

/**
 * The code that a prompt takes along: the selection, and without one `block` the symbol or block at the cursor, `file`
 * the whole file, `selection` nothing. The first two need an open file.
 */
export const promptContexts = ['block', 'file', 'selection', 'none'] as const;
export type PromptContext = (typeof promptContexts)[number];

export interface Prompt {
  /** What stands after the slash. */
  name: string;
  /** What it does, for whoever chooses. */
  description: string;
  /** What is sent; `${…}` are variables. */
  text: string;
  context: PromptContext;
  intent: Intent;
  origin: PromptOrigin;
}

/** The context of a prompt that does not name one: the code where its text speaks of it, else what is selected. */
export function usualContext(text: string): PromptContext {
  if (/\$\{selection\}/.test(text)) return 'block';
  return /\$\{file\}/.test(text) ? 'file' : 'selection';
}
