import type { ToolResult, UserTurn } from '../../shared/conversation.ts';
import type { RanCall } from '../../shared/ranCalls.ts';
import { attachmentBlock, imageBlock } from '../context/attachmentBlocks.ts';
import { isServerBlock } from '../messages/serverBlock.ts';
import { promptOf } from '../context/prompts.ts';
import type {
  AnswerContent,
  Citation,
  ContentBlockParam,
  MessageParam,
  ToolResultBlockParam,
  ToolUseBlockParam,
} from '../messages/wire.ts';
import { citationsIn } from './citations.ts';
import { answerText, type AnswerRecord, type TurnRecord } from '../conversation/turns.ts';

export interface HandBack {
  /** Whether the thinking of this answer goes back to the model; only the one that has signed it can read it. */
  thinking: (turn: AnswerRecord) => boolean;
  /** Whether tool uses go back: without tools in the request the service refuses them. */
  toolUses: boolean;
  /** The last answer, where it has paused and is to go on: it goes back as it is. */
  paused?: AnswerRecord;
}

/**
 * A conversation as the wire takes it. Every tool use that is handed back has its result in the message after it. What
 * the model has declined stays out, with it in the conversation the model would refuse what follows as well; and so does
 * a question whose answer failed, until that is tried again.
 */
export function toMessages(turns: readonly TurnRecord[], handBack: HandBack): MessageParam[] {
  const messages: MessageParam[] = [];
  let calls: Call[] = [];
  const ids = new UniqueIds();
  /** Those that went out in vain; the calls still wait for them. */
  let results: ToolResult[] = [];
  turns.forEach((turn, index) => {
    if (turn.role === 'user' && hasFailed(turns[index + 1])) results.push(...(turn.toolResults ?? []));
    if (!goesOut(turns, index)) return;
    if (turn.role === 'user') {
      messages.push({ role: 'user', content: userContent(turn, calls, results) });
      calls = [];
      results = [];
      return;
    }
    const isAnswered = isFollowedByUser(turns, index);
    calls = handBack.toolUses && isAnswered && !turn.findings ? callsIn(turn, ids) : [];
    const isPaused = turn === handBack.paused;
    const citations = citationsIn(turn, messages, isPaused);
    const blocks = answerBlocks(turn, { calls, citations, withThinking: handBack.thinking(turn), isPaused });
    const [only, ...more] = blocks;
    if (!only) return;
    const isPlain = only.type === 'text' && only.citations === undefined && more.length === 0;
    messages.push({ role: 'assistant', content: isPlain ? only.text : blocks });
  });
  return messages.filter(message => message.content.length > 0);
}

/** A call that is handed back, with the id that the model gave it: not always one that the service takes. */
interface Call {
  /** Of its block in the answer. */
  index: number;
  givenId: string;
  block: ToolUseBlockParam;
  /** Where the call has been run here. */
  result?: RanCall['result'];
}

/** Ids as the service takes them: of few characters, never empty, and each once in the whole request. */
class UniqueIds {
  readonly #taken = new Set<string>();
  /** The last number that was put behind an id: relays give all calls the same. */
  readonly #counts = new Map<string, number>();

  take(givenId: string): string {
    const base = givenId.replace(/[^\w-]/g, '_') || 'toolu';
    let id = base;
    let count = this.#counts.get(base) ?? 1;
    while (this.#taken.has(id)) id = `${base}_${++count}`;
    this.#counts.set(base, count);
    this.#taken.add(id);
    return id;
  }
}

interface Handed {
  calls: readonly Call[];
  citations: ReadonlyMap<AnswerContent, Citation[]>;
  withThinking: boolean;
  isPaused: boolean;
}

function answerBlocks(turn: AnswerRecord, { calls, citations, withThinking, isPaused }: Handed): ContentBlockParam[] {
  if (turn.findings) return [{ type: 'text', text: describeFindings(turn) }];
  // Without blocks that must keep their places, an answer is its text.
  if (!isPaused && calls.length === 0 && citations.size === 0 && !(withThinking && turn.content.some(isThinking))) {
    const text = answerText(turn).trimEnd();
    return text === '' ? [] : [{ type: 'text', text }];
  }
  const handed = new Map(calls.map(({ index, block }) => [index, block]));
  return turn.content.flatMap((content, at): ContentBlockParam[] => {
    switch (content.type) {
      case 'text':
        return content.text.trim() === ''
          ? []
          : [{ type: 'text', text: content.text, ...citedBy(citations.get(content)) }];
      case 'thinking':
        return withThinking && content.signature !== ''
          ? [{ type: 'thinking', thinking: content.thinking, signature: content.signature }]
          : [];
      case 'redacted_thinking':
        return withThinking ? [{ type: 'redacted_thinking', data: content.data }] : [];
      case 'tool_use': {
        const use = handed.get(at);
        return use ? [use] : [];
      }
      case 'other':
        return isPaused && isServerBlock(content.raw) ? [content.raw] : [];
    }
  });
}

function citedBy(citations: Citation[] | undefined): { citations?: Citation[] } {
  return citations ? { citations } : {};
}

/** Whether the model has declined to answer, in the protocol's word or another one's. */
export function isRefused(turn: TurnRecord | undefined): boolean {
  if (turn?.role !== 'assistant' || turn.state.phase !== 'complete') return false;
  return turn.state.stopReason === 'refusal' || turn.state.stopReason === 'content_filter';
}

/** Whether the user's own check has blocked it. One without a verdict goes out again once it has passed on its way. */
export function isBlocked(turn: TurnRecord | undefined): boolean {
  return turn?.role === 'assistant' && turn.check?.state === 'blocked';
}

/** Whether nothing came of the request but a problem, or nothing has come of it yet. */
export function hasFailed(turn: TurnRecord | undefined): boolean {
  if (turn?.role !== 'assistant') return false;
  return turn.state.phase === 'failed' || (turn.state.phase === 'elsewhere' && turn.content.length === 0);
}

/** Whether the turn at `index` is part of what is sent: a declined, blocked or failed answer is not, nor what it was to answer. */
export function goesOut(turns: readonly TurnRecord[], index: number): boolean {
  const [turn, next] = [turns[index], turns[index + 1]];
  const isOut = [turn, next].some(one => isRefused(one) || isBlocked(one));
  return !isOut && !hasFailed(turn) && !(turn?.role === 'user' && hasFailed(next));
}

/** Whether the next turn that is sent after the one at `index` is the user's: results stand nowhere else. */
export function isFollowedByUser(turns: readonly TurnRecord[], index: number): boolean {
  let later = index + 1;
  while (later < turns.length && !goesOut(turns, later)) later++;
  return turns[later]?.role === 'user';
}

function isThinking(content: AnswerContent): boolean {
  return content.type === 'redacted_thinking' || (content.type === 'thinking' && content.signature !== '');
}

/** The calls with a complete input, and those that were answered although theirs is broken: as an empty one. */
function callsIn({ content, calls: ran = [] }: AnswerRecord, ids: UniqueIds): Call[] {
  const results = new Map(ran.map(({ index, result }) => [index, result]));
  return content.flatMap((block, at) => {
    const result = results.get(at);
    if (block.type !== 'tool_use' || (block.input === undefined && !result)) return [];
    const { id: givenId, name, input = {} } = block;
    const handed = { type: 'tool_use', id: ids.take(givenId), name, input } as const;
    return [{ index: at, givenId, block: handed, ...(result && { result }) }];
  });
}

/** `earlier`: results that were given to the same calls before. */
function userContent(
  turn: UserTurn,
  calls: readonly Call[],
  earlier: readonly ToolResult[],
): string | ContentBlockParam[] {
  const prompt = promptOf(turn);
  const attachments = (turn.attachments ?? []).map(attachmentBlock);
  const results = answerCalls(calls, [...(turn.toolResults ?? []), ...earlier]);
  if (attachments.length === 0 && results.length === 0) return prompt;
  return [...results, ...attachments, ...(prompt === '' ? [] : [{ type: 'text', text: prompt } as const])];
}

/**
 * In the order of the calls: of several calls with one id, the first gets the first result. One that the user did not
 * answer gets a result too, as the protocol demands.
 */
function answerCalls(calls: readonly Call[], given: readonly ToolResult[]): ToolResultBlockParam[] {
  const open = [...given];
  return calls.map(({ givenId, block: call, result: ran }) => {
    if (ran) return resultBlock(call.id, contentOf(ran), ran.isError);
    const at = open.findIndex(result => result.toolUseId === givenId);
    const [result] = at === -1 ? [] : open.splice(at, 1);
    if (!result) {
      return resultBlock(call.id, 'Not executed: the user went on without it.', true);
    }
    return resultBlock(call.id, contentOf(result), result.isError);
  });
}

/** Text alone as a string; empty text is refused. */
function contentOf({
  text,
  images = [],
}: Pick<ToolResult, 'text' | 'images'>): NonNullable<ToolResultBlockParam['content']> {
  if (images.length === 0) return text;
  return [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...images.map(imageBlock)];
}

function resultBlock(
  id: string,
  content: NonNullable<ToolResultBlockParam['content']>,
  isError: boolean,
): ToolResultBlockParam {
  return {
    type: 'tool_result',
    tool_use_id: id,
    ...(content.length > 0 && { content }),
    ...(isError && { is_error: true }),
  };
}

/** A review in words: handing its tool call back would bind every later request to the review's tool. */
function describeFindings(turn: AnswerRecord): string {
  const findings = turn.findings ?? [];
  if (findings.length === 0) return 'I found nothing to change.';
  const rows = findings.map((finding, index) => {
    const place = finding.placement.placed ? `${finding.path}:${finding.placement.line}` : finding.path;
    return `${index + 1}. [${finding.severity}] ${finding.title} (${place})\n${finding.explanation}`;
  });
  return `My findings:\n\n${rows.join('\n\n')}`;
}
