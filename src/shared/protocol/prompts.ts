import type { PromptPreview, PromptSummary } from '../prompt.ts';

export type PromptHostMessage =
  /** All prompts that a message may begin with. */
  | { type: 'prompts'; prompts: PromptSummary[] }
  /** What the draft would send; absent where it does not begin with a prompt. */
  | { type: 'promptPreview'; conversationId: string; preview?: PromptPreview };
