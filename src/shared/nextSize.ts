import type { BudgetUse } from './usageReport.ts';

/** What the next request takes, as far as it can be said before it is answered. Counts are of tokens. */
export interface NextSize {
  /** Of the input. */
  tokens: number;
  /** Whether they were estimated here, and not counted by the endpoint. */
  isEstimate: boolean;
  /** The input's parts, always estimated. */
  system: number;
  tools: number;
  /** What was said before, without what was attached to it. */
  history: number;
  /** Beside the message and in the history. */
  attachments: number;
  message: number;
  /** The most that the answer may have. */
  maxTokens: number;
  /** Absent where nobody has said how large it is. */
  contextWindow?: number;
  /** As much of the input as the endpoint should still have in its cache; absent where nothing is known. */
  cached?: number;
  /** US dollars; absent where no price is known. */
  inputCostUsd?: number;
  /** US dollars for a million tokens. */
  inputPrice?: number;
  outputPrice?: number;
  /** Whether the price is the user's own, and not the vendor's list. */
  isOwnPrice?: boolean;
}

/** From this share of the context window on, making room for what is still to come is worth a word. */
const fullShare = 0.9;

/** Whether the request nearly fills the context window by itself. */
export function fillsWindow({ tokens, contextWindow }: NextSize): boolean {
  return contextWindow !== undefined && tokens >= contextWindow * fullShare;
}

/** Whether the request nearly fills the context window, or leaves less of it than the answer may have. */
export function isNearlyFull(size: NextSize): boolean {
  return fillsWindow(size) || size.tokens + size.maxTokens > (size.contextWindow ?? Infinity);
}

/** A request that waits for the user's word: it is larger or dearer than what goes out unasked, or a budget is used up. */
export interface Held {
  /** What it is: a message, which stays where it was written; what a command asks; one that has waited in the queue. */
  kind: 'message' | 'command' | 'queued';
  text: string;
  /** Absent of what is asked again. */
  tokens?: number;
  costUsd?: number;
  /** The budget that is used up. */
  budget?: BudgetUse;
  /** The user's limits that it is above. */
  aboveTokens?: number;
  aboveCostUsd?: number;
}

/** Something that was attached to a turn, or lies beside the message. */
export interface AttachedSize {
  id: string;
  name: string;
  /** An estimate. */
  tokens: number;
  /** Whether it lies beside the message and can simply be taken away. */
  isUnsent: boolean;
  /** Whether it came with the last message. */
  isOfLast: boolean;
  isOmitted: boolean;
}
