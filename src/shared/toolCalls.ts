import { isFields } from './json.ts';
import type { AnswerBlock, AssistantTurn } from './conversation.ts';
import { isTextTooDeep, isTooDeep } from './nesting.ts';

type ToolUse = AnswerBlock & { type: 'toolUse' };

/** A tool's input as an object, or undefined where its JSON is broken or too deep: such a call must never be run. */
export function parseToolInput(json: string): Record<string, unknown> | undefined {
  if (json.trim() === '') return {};
  try {
    let value = parsed(json);
    // Some relays encode the input twice.
    if (typeof value === 'string') value = value.trim() === '' ? {} : parsed(value);
    if (value === null) return {};
    return isFields(value) && !isTooDeep(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parsed(json: string): unknown {
  return isTextTooDeep(json) ? undefined : (JSON.parse(json) as unknown);
}

/** The calls of an answer that are complete and that the user answers by hand: those that have run here are not. */
export function wholeCalls(turn: AssistantTurn): ToolUse[] {
  const cut = cutCall(turn);
  const hasRun = (at: number): boolean => turn.calls?.some(({ index }) => index === at) === true;
  return turn.blocks.filter((block, at): block is ToolUse => block.type === 'toolUse' && block !== cut && !hasRun(at));
}

/** The call that the answer ends with and whose input is not complete. */
export function cutCall({ blocks, state }: AssistantTurn): ToolUse | undefined {
  const last = blocks.at(-1);
  if (last?.type !== 'toolUse') return undefined;
  // The limit was reached before the input's first character; an input without any would else be the empty one.
  const isUnbegun = state.phase === 'complete' && state.stopReason === 'max_tokens' && last.text === '';
  return isUnbegun || parseToolInput(last.text) === undefined ? last : undefined;
}
