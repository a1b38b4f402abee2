/**
 * What both ends know of a conversation. The host owns it; the view holds a projection of it that is built from
 * one snapshot and the changes that follow (see changes.ts).
 */

import type { Adjustment } from './adjustment.ts';
import type { Attachment, Excerpt, MediaAttachment } from './attachment.ts';
import type { Finding } from './finding.ts';
import type { AnswerCheck } from './moderation.ts';
import type { Problem } from './problem.ts';
import type { Parameters } from './parameters.ts';
import { isOpenCall, type RanCall } from './ranCalls.ts';
import type { RestorePoints } from './restore.ts';
import type { ToolMode } from './toolMode.ts';

/** What the user asked for; decides the prompt, the heading of the turn and how its answer is shown. */
export type Intent = 'chat' | 'explain' | 'review';

export interface UserTurn {
  id: string;
  role: 'user';
  /** Milliseconds since the epoch. */
  createdAt: number;
  intent: Intent;
  /** What the user typed, or the sentence that the command stands for. */
  text: string;
  /** How the prompt was called that `text` was made from, such as `/tests with vitest`. */
  call?: string;
  excerpts: Excerpt[];
  attachments?: Attachment[];
  /** What the tools that the answer before asked for have brought. */
  toolResults?: ToolResult[];
  /** Nobody has written it: it hands back what the calls of the answer before have brought. */
  handsBack?: true;
  /** It was said while the tools of the answer before ran, and goes with what they have brought. */
  steers?: true;
  /** Whether requests begin with it, without what was said before. False where the user has taken that back. */
  startsOver?: boolean;
  /** A summary stands for it in requests. Known to the view alone. */
  isSummarized?: true;
}

/** The user's answer to a tool use. */
export interface ToolResult {
  toolUseId: string;
  /** May be empty: the tool had nothing to say. */
  text: string;
  isError: boolean;
  images?: MediaAttachment[];
}

/** What a text of an answer goes by, in its own words. */
export interface Source {
  title: string;
  /** Of a page; absent where it is a document or another place that no address leads to. */
  url?: string;
  /** The words in it. */
  quote?: string;
}

/** One content block of an answer, reduced to what is shown. */
export type AnswerBlock =
  /** `sources`: what the text goes by, in the order in which it was named. */
  | { type: 'text'; text: string; sources?: Source[] }
  /** `durationMs`: how long it took, or has taken by the time of a snapshot; absent where nobody could tell. */
  | { type: 'thinking'; text: string; durationMs?: number }
  | { type: 'redactedThinking'; text: '' }
  /** `text` is the tool's input as JSON text, exactly as far as it has arrived. */
  | { type: 'toolUse'; id: string; name: string; text: string };

export type AnswerState =
  /** The request is on its way and nothing of the answer has arrived. */
  | { phase: 'waiting' }
  /** `retryAt` in milliseconds since the epoch; `attempt` counts the retries, from 1. */
  | { phase: 'retrying'; attempt: number; maxAttempts: number; retryAt: number; problem: Problem }
  | { phase: 'streaming' }
  /** Another window is writing it; what has come of it until now is here. */
  | { phase: 'elsewhere' }
  /** `stopReason` is the protocol's own word; null where the endpoint gave none. */
  | { phase: 'complete'; stopReason: string | null; stopSequence?: string; stopDetails?: StopDetails }
  | { phase: 'stopped' }
  /** Something arrived and the protocol's end did not. */
  | { phase: 'truncated'; problem: Problem }
  | { phase: 'failed'; problem: Problem };

/** What the endpoint says of a refusal: words of its own, key redacted. */
export interface StopDetails {
  /** Such as `cyber`. */
  category?: string;
  explanation?: string;
}

/** Tokens, as the endpoint counted them; a missing number was not reported. */
export interface Usage {
  inputTokens?: number;
  outputTokens?: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
}

/** What getting an answer took, all its requests together: continued, it has had more than one. Times in milliseconds. */
export interface AnswerFigures {
  requests: number;
  durationMs: number;
  /** From the first request to the first of its answer; absent where nothing came, or all at once. */
  firstTokenMs?: number;
  /** From the first piece of each answer to its end. */
  writingMs?: number;
  /** US dollars, an estimate; absent where the price of any of them is not known. */
  costUsd?: number;
}

/** What may end an answer before all is said, as it was sent, and who has set it. */
export interface SentLimits {
  maxTokens: number;
  /** The model, where it takes no more or asks for more than was set. */
  maxTokensFrom: 'settings' | 'parameters' | 'model';
  /** Absent where none were sent. */
  stopSequencesFrom?: 'settings' | 'parameters';
}

export interface AssistantTurn {
  id: string;
  role: 'assistant';
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The model that was asked. */
  model: string;
  blocks: AnswerBlock[];
  state: AnswerState;
  usage?: Usage;
  /** Absent of answers that were stored before they were kept. */
  figures?: AnswerFigures;
  /** Of its last request; absent of answers that were stored before they were kept. */
  limits?: SentLimits;
  /** The user has changed what the model said. */
  isEdited?: true;
  /** What was sent otherwise than the user has set it, and why. */
  adjustments?: Adjustment[];
  /** Of a review only: what its tool call reported, once it is complete. */
  findings?: Finding[];
  /** What became of its tool uses, without those that the user answers by hand. */
  calls?: RanCall[];
  /** Why its results have not been handed back: so many answers came without the user's word, or a budget is used up. */
  pause?: 'rounds' | 'budget';
  /** Of the user’s own check, until it lets the answer pass: no tool runs that it calls. */
  check?: AnswerCheck;
  /** It sums up the turns before it; requests send it in their place. */
  isSummary?: true;
  /** A summary stands for it in requests. Known to the view alone. */
  isSummarized?: true;
}

export type Turn = UserTurn | AssistantTurn;

/** Where a turn stands among those in its place, itself included, the oldest first. */
export interface SiblingPlace {
  /** From 0. */
  index: number;
  count: number;
  /** Absent of the first one. */
  previousId?: string;
  /** Absent of the last one. */
  nextId?: string;
}

export interface Conversation {
  id: string;
  title: string;
  /** What requests of this conversation send otherwise than the settings say. */
  parameters: Parameters;
  /** That of the settings when it was first answered; absent before. */
  startModel?: string;
  /** Absent: `chat`. */
  mode?: ToolMode;
  /**
   * The branch that is shown, in order; a user turn is followed by its answer. A summary stands behind the last turn
   * that it is about.
   */
  turns: Turn[];
  /** Of each turn that has others in its place, by its id: where it stands among them. */
  siblings: Record<string, SiblingPlace>;
  /** Absent where no tool has changed a file. */
  restorePoints?: RestorePoints;
  /** What was attached to turns and is left out of requests: ids as in `attachedTo`. */
  omitted?: readonly string[];
}

/** All lines of files that the turn holds, from commands and attached ones. */
export function excerptsOf({ excerpts, attachments = [] }: UserTurn): Excerpt[] {
  return [...attachments.flatMap(attachment => (attachment.kind === 'code' ? [attachment.excerpt] : [])), ...excerpts];
}

/** What ends an answer at a limit and not because all is said. */
const limits: ReadonlySet<string | null> = new Set(['max_tokens', 'length', 'model_context_window_exceeded']);

/** Whether there is more of this answer to be had: it was cut, and what it ends with is text that can be gone on from. */
export function canContinue(turn: Turn): boolean {
  if (turn.role === 'user' || turn.findings || turn.isSummary || turn.check) return false;
  const { state } = turn;
  const isCut =
    state.phase === 'stopped' ||
    state.phase === 'truncated' ||
    (state.phase === 'complete' && limits.has(state.stopReason));
  const last = turn.blocks.findLast(block => block.type !== 'redactedThinking');
  const isPaused = state.phase === 'complete' && state.stopReason === 'pause_turn';
  // What the service goes on from is its own affair.
  if (isPaused) return turn.blocks.length > 0 && !turn.blocks.some(({ type }) => type === 'toolUse');
  return isCut && last?.type === 'text' && last.text.trim() !== '';
}

/** Whether an answer is still to come for this turn, or is checked, or its tools run. */
export function isRunning(turn: Turn): boolean {
  if (turn.role === 'user') return false;
  const phase = turn.state.phase;
  const isAnswering = phase === 'waiting' || phase === 'retrying' || phase === 'streaming';
  return isAnswering || turn.check?.state === 'checking' || turn.calls?.some(isOpenCall) === true;
}
