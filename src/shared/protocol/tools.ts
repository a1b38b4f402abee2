import type { ToolResult } from '../conversation.ts';
import { parseTypedResult, type TypedResult } from '../unfinished.ts';
import { type CallDecision, callDecisions } from '../ranCalls.ts';
import { integer, listOf, type MessageReaders, oneOf, refused, text } from './readers.ts';

export type ToolMessage =
  /** Answers to the tool uses of the last answer, with nothing else said. */
  | { type: 'sendToolResults'; results: ToolResult[] }
  /** The user's word on a call that waits for it: that of this block of the answer. `left`: the hunks that are not taken. */
  | { type: 'decideCall'; turnId: string; index: number; decision: CallDecision; left: number[] }
  /** End the call of this block, which runs. The answer goes on without it. */
  | { type: 'stopCall'; turnId: string; index: number }
  /** Hand back what the tools of the last answer have brought, which stopped or paused. */
  | { type: 'handBack'; turnId: string }
  /** Show the terminal of the conversation's shell. */
  | { type: 'showTerminal' }
  /** The user has seen enough of this list of steps; see lastTodoId. */
  | { type: 'hideSteps'; list: string }
  /** What is written so far for the tools that this answer waits for. */
  | { type: 'typeToolResults'; conversationId: string; turnId: string; results: TypedResult[] };

export const toolReaders: MessageReaders<ToolMessage> = {
  sendToolResults: { results: value => (isEmpty(value) ? refused : listOf(toolResult)(value)) },
  decideCall: { turnId: text, index: integer, decision: oneOf(callDecisions), left: listOf(integer) },
  stopCall: { turnId: text, index: integer },
  handBack: { turnId: text },
  showTerminal: {},
  hideSteps: { list: text },
  typeToolResults: { conversationId: text, turnId: text, results: listOf(parseTypedResult) },
};

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function toolResult(value: unknown): ToolResult | typeof refused {
  if (typeof value !== 'object' || value === null) return refused;
  const { toolUseId, text, isError } = value as Partial<Record<keyof ToolResult, unknown>>;
  if (typeof toolUseId !== 'string' || typeof text !== 'string' || typeof isError !== 'boolean') return refused;
  return { toolUseId, text, isError };
}
