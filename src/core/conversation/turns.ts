import { isOpenCall, type RanCall } from '../../shared/ranCalls.ts';
import type { AnswerBlock, AssistantTurn, Turn, UserTurn } from '../../shared/conversation.ts';
import type { AnswerContent } from '../messages/wire.ts';
import { isServerBlock } from '../messages/serverBlock.ts';
import { sourcesOf } from './sources.ts';
import { shortened, withoutBytes } from './shownAttachments.ts';

/** An answer as the host keeps it: the content blocks word for word, as they may have to be handed back. */
export type AnswerRecord = Omit<AssistantTurn, 'blocks'> & {
  content: AnswerContent[];
  /** How long thinking took, in milliseconds by its place in `content`; no part of the words that are handed back. */
  thinkingMs?: Record<number, number>;
  /** While it is being answered, in the store. */
  runsIn?: RunSign;
};

/** Where an answer is being written, and when that was last so. */
export interface RunSign {
  /** See OwnWindow. */
  window: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export type TurnRecord = UserTurn | AnswerRecord;

/** The turn as the view sees it. */
export function toView(record: TurnRecord): Turn {
  if (record.role === 'user') {
    const { attachments, toolResults } = record;
    return {
      ...record,
      ...(attachments && { attachments: attachments.map(shortened) }),
      ...(toolResults && {
        toolResults: toolResults.map(result =>
          result.images ? { ...result, images: result.images.map(withoutBytes) } : result,
        ),
      }),
    };
  }
  const { content, thinkingMs, calls, ...turn } = record;
  delete turn.runsIn;
  const blocks = content.map((block, place) => toBlock(block, thinkingMs?.[place]));
  // What another window asks its user is not to be answered here.
  const shown = turn.state.phase === 'elsewhere' ? calls?.filter(call => !isOpenCall(call)) : calls;
  return { ...turn, blocks, ...(shown && { calls: shown.map(callToView) }) };
}

/** The call as the view sees it. */
export function callToView(call: RanCall): RanCall {
  const { result } = call;
  if (!result?.images) return call;
  const images = result.images.map(image => ({ ...image, source: { ...image.source, data: '' } }));
  return { ...call, result: { ...result, images } };
}

/** The block as the view sees it; positions are those of the content. */
export function toBlock(content: AnswerContent, durationMs?: number): AnswerBlock {
  switch (content.type) {
    case 'text': {
      const sources = sourcesOf(content.citations ?? []);
      return { type: 'text', text: content.text, ...(sources.length > 0 && { sources }) };
    }
    case 'thinking':
      return { type: 'thinking', text: content.thinking, ...(durationMs !== undefined && { durationMs }) };
    case 'redacted_thinking':
      return { type: 'redactedThinking', text: '' };
    case 'tool_use':
      return { type: 'toolUse', id: content.id, name: content.name, text: content.inputJson };
    case 'other':
      return { type: 'text', text: '' };
  }
}

/** Whether it calls a tool with a complete input, so that the next turn has to hold the result. */
export function isWholeCall(content: AnswerContent): boolean {
  return content.type === 'tool_use' && content.input !== undefined;
}

/** Whether the turn after it has to hold results of tools. */
export function expectsResults(record: AnswerRecord): boolean {
  return !record.findings && (record.content.some(isWholeCall) || (record.calls ?? []).length > 0);
}

/** Whether all its tool uses have results, so that they can be handed back. */
export function hasAllResults({ content, calls = [] }: AnswerRecord): boolean {
  const hasResult = (at: number): boolean => calls.some(({ index, result }) => index === at && result !== undefined);
  return calls.length > 0 && content.every((block, at) => !isWholeCall(block) || hasResult(at));
}

/** Whether the service has paused in it and waits for it to be sent back; with calls it is their results that it waits for. */
export function isPaused({ state, content, findings, isSummary }: AnswerRecord): boolean {
  const waits = state.phase === 'complete' && state.stopReason === 'pause_turn';
  return waits && !findings && !isSummary && !content.some(({ type }) => type === 'tool_use');
}

/** Whether a tool of the service's own was at work in it. */
export function hasServerBlocks({ content }: AnswerRecord): boolean {
  return content.some(block => block.type === 'other' && isServerBlock(block.raw));
}

/** All prose of an answer. */
export function answerText(record: AnswerRecord): string {
  return textsOf(record).join('\n\n');
}

/** The text blocks of an answer that hold something. */
export function textsOf(record: AnswerRecord): string[] {
  return record.content.flatMap(block => (block.type === 'text' && block.text !== '' ? [block.text] : []));
}

/** Whether it is being written or checked, or its tools run. */
export function isUnderWay({ state: { phase }, calls, check }: AnswerRecord): boolean {
  const isAnswering = phase === 'waiting' || phase === 'retrying' || phase === 'streaming';
  return isAnswering || check?.state === 'checking' || calls?.some(isOpenCall) === true;
}

/**
 * A stored turn as it is after a restart: an answer that was running then will not go on. What it held stays.
 */
export function settleInterrupted(record: TurnRecord): TurnRecord {
  if (record.role === 'user') return record;
  const { phase } = record.state;
  if (record.check?.state === 'checking') {
    // There is no verdict.
    return { ...record, check: { state: 'failed', by: '', failure: 'stopped', detail: '' } };
  }
  if (record.calls?.some(isOpenCall)) return { ...record, calls: record.calls.map(settledCall) };
  if (phase !== 'waiting' && phase !== 'retrying' && phase !== 'streaming' && phase !== 'elsewhere') return record;
  const problem = { kind: 'interrupted', detail: '' } as const;
  return { ...record, state: { phase: record.content.length > 0 ? 'truncated' : 'failed', problem } };
}

function settledCall(call: RanCall): RanCall {
  if (!isOpenCall(call)) return call;
  const text =
    call.state === 'running'
      ? 'The editor was closed while it ran. Whether it has had an effect is not known.'
      : 'Not executed: the editor was closed.';
  return { ...call, state: 'failed', result: { text, isError: true } };
}
