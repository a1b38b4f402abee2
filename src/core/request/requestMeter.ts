import { type Attached, attachedTo } from '../../shared/attached.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import { without } from '../../shared/parameters.ts';
import {
  estimateFrameTokens,
  estimateMessagesTokens,
  estimateMessageTokens,
  estimateSystemTokens,
  estimateToolsTokens,
  messageTokens,
} from '../tokens/estimate.ts';
import { type Tokenizer, tokenizerOf } from '../tokens/tokenizer.ts';
import { holdingOnly } from '../conversation/attached.ts';
import { buildRequest } from './buildRequest.ts';
import { exchangesOf } from '../conversation/condense.ts';
import { type AnswerSources, prepareAnswer } from './prepareAnswer.ts';
import { goesOut, toMessages } from './toMessages.ts';
import type { TurnRecord } from '../conversation/turns.ts';

/** The estimated tokens of a request and of its parts. */
export interface RequestParts {
  total: number;
  system: number;
  tools: number;
  history: number;
  attachments: number;
  message: number;
  /** The most that the answer may have. */
  maxTokens: number;
}

/** An exchange as it was when it was measured. */
interface Measured {
  key: string;
  turns: readonly TurnRecord[];
  states: readonly unknown[];
  tokens: number;
}

/**
 * Estimates the request for a turn while it is being written: what was measured before is not looked at again, so a key
 * in a conversation of megabytes costs what the message costs. The sum is that of `estimateRequestTokens`.
 */
export class RequestMeter {
  readonly #exchanges = new WeakMap<TurnRecord, Measured>();
  readonly #attached = new WeakMap<object, Map<Tokenizer, number>>();

  /** `next` is the turn to be answered, `history` what is sent before it. */
  measure(history: readonly TurnRecord[], next: UserTurn, sources: AnswerSources): RequestParts {
    // Marks for the cache cost no tokens, and placing them means to estimate everything.
    const uncached = { ...sources, parameters: { ...sources.parameters, cache: false } };
    const words: UserTurn = { ...next, attachments: [] };
    const exchanges = exchangesOf([...history, words]);
    const last = prepareAnswer(exchanges.at(-1) ?? [], [], uncached).body;
    const alone = prepareAnswer([words], [], uncached).body;
    const tokenizer = tokenizerOf(last.model);
    const beside = this.#sum(attachedTo({ ...next, excerpts: [], toolResults: [] }), tokenizer);
    const attachedBefore = history.reduce((sum, turn, index) => {
      const isSent = turn.role === 'user' && goesOut(history, index);
      return isSent ? sum + this.#sum(attachedTo(turn), tokenizer) : sum;
    }, 0);
    const message = estimateMessagesTokens(alone.messages, tokenizer);
    const lastTokens = estimateMessagesTokens(last.messages, tokenizer);
    const earlier = exchanges.slice(0, -1).reduce((sum, turns) => sum + this.#exchange(turns, sources, tokenizer), 0);
    const empty = last.messages.length === 0 && beside > 0 ? messageTokens : 0;
    return {
      total: Math.round(estimateFrameTokens(last) + earlier + lastTokens + beside + empty),
      system: Math.round(estimateSystemTokens(last.system, tokenizer)),
      tools: Math.round(estimateToolsTokens(last, tokenizer)),
      history: Math.round(Math.max(0, earlier + lastTokens - message - attachedBefore)),
      attachments: Math.round(beside + attachedBefore),
      message: Math.round(message),
      maxTokens: last.max_tokens,
    };
  }

  /** Of one thing that was attached, for the model that would be asked. */
  attachedTokens(attached: Attached, model: string): number {
    return Math.round(this.#sum([attached], tokenizerOf(model)));
  }

  #sum(all: readonly Attached[], tokenizer: Tokenizer): number {
    return all.reduce((sum, attached) => sum + this.#part(attached, tokenizer), 0);
  }

  #part(attached: Attached, tokenizer: Tokenizer): number {
    const known = this.#attached.get(attached.part) ?? new Map<Tokenizer, number>();
    this.#attached.set(attached.part, known);
    const tokens = known.get(tokenizer) ?? tokensAlone(attached, tokenizer);
    known.set(tokenizer, tokens);
    return tokens;
  }

  #exchange(turns: readonly TurnRecord[], sources: AnswerSources, tokenizer: Tokenizer): number {
    const [first] = turns;
    if (!first) return 0;
    const { settings, isThinkingRefused } = sources;
    const parameters = without(sources.parameters, ['prefill']);
    const key = `${tokenizer} ${parameters.tools !== undefined}`;
    const states = turns.map(stateOf);
    const known = this.#exchanges.get(first);
    if (known?.key === key && areSame(known.turns, turns) && areSame(known.states, states)) return known.tokens;
    const { messages } = buildRequest(turns, settings, { parameters, isThinkingRefused });
    const tokens = messages.reduce((sum, message) => sum + estimateMessageTokens(message, tokenizer), 0);
    this.#exchanges.set(first, { key, turns, states, tokens });
    return tokens;
  }
}

const nobody: UserTurn = { id: '', role: 'user', createdAt: 0, intent: 'chat', text: '', excerpts: [] };

/** What it adds to a message, whatever it is: measured by what is sent for it. */
function tokensAlone(attached: Attached, tokenizer: Tokenizer): number {
  const messages = toMessages([holdingOnly(nobody, attached)], { thinking: () => false, toolUses: false });
  return messages.reduce((sum, message) => sum + estimateMessageTokens(message, tokenizer) - messageTokens, 0);
}

/** An answer changes in place while it is written, and gets a new state when it has ended. */
function stateOf(turn: TurnRecord): unknown {
  if (turn.role === 'user') return undefined;
  const { phase } = turn.state;
  const isGrowing = phase === 'waiting' || phase === 'retrying' || phase === 'streaming' || phase === 'elsewhere';
  return isGrowing ? {} : (turn.calls ?? turn.findings ?? turn.state);
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((item, index) => item === others[index]);
}
