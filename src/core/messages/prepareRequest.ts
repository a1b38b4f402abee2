import { type OptionalField, optionalFields } from '../../shared/requestFields.ts';
import type { Adjustment, AdjustmentReason } from '../../shared/adjustment.ts';
import type { ContentBlockParam, MessageParam, MessagesRequest, ThinkingParam } from './wire.ts';
import { endsInToolLoop } from './signatureError.ts';
import { isThinkingId, type ModelRules, rulesFor } from '../models/modelRules.ts';

export interface PreparedRequest {
  body: MessagesRequest;
  adjustments: Adjustment[];
}

export interface PrepareOptions {
  rules?: ModelRules;
  /** Fields that this endpoint has refused for this model before. */
  refusedFields?: ReadonlySet<string>;
  /** It ends with an answer that has paused: that is no prefill, which some models refuse. */
  endsPaused?: boolean;
}

/** The least budget for thinking that the service takes. */
const leastThinkingBudget = 1024;
/** Relays give 80 % of `max_tokens` to thinking under such an id: less than this leaves no room for the answer. */
const leastWithThinkingId = 4096;
/** The endpoint's page names four as the most. */
const mostStopSequences = 4;

/**
 * The body that the model takes, and every difference from what was wanted. Nothing is ever added that the user did not
 * set; what the model would refuse is left out and said.
 */
export function prepareRequest(wanted: MessagesRequest, options: PrepareOptions = {}): PreparedRequest {
  const draft = new Draft(wanted, options);
  draft.limitMaxTokens();
  draft.fitMessages();
  draft.fitThinking();
  if (options.endsPaused !== true) draft.fitPrefill();
  draft.fitSampling();
  draft.fitToolChoice();
  draft.fitStopSequences();
  draft.leaveOutRefused();
  return { body: draft.body, adjustments: draft.adjustments };
}

class Draft {
  readonly body: MessagesRequest;
  readonly adjustments: Adjustment[] = [];
  readonly #rules: ModelRules;
  readonly #refused: ReadonlySet<string>;

  constructor(wanted: MessagesRequest, options: PrepareOptions) {
    this.body = { ...wanted };
    this.#rules = options.rules ?? rulesFor(wanted.model);
    this.#refused = options.refusedFields ?? new Set();
  }

  /** A `-thinking` id thinks without being asked to. */
  get #thinks(): boolean {
    const type = this.body.thinking?.type;
    return type === 'enabled' || type === 'adaptive' || (type === undefined && isThinkingId(this.body.model));
  }

  limitMaxTokens(): void {
    if (isThinkingId(this.body.model) && !this.body.thinking && this.body.max_tokens < leastWithThinkingId) {
      this.body.max_tokens = leastWithThinkingId;
      this.#changed('max_tokens', 'thinkingShare', leastWithThinkingId);
    }
    if (this.body.max_tokens <= this.#rules.maxOutput || this.#rules.thinking === 'unknown') return;
    this.body.max_tokens = this.#rules.maxOutput;
    this.#changed('max_tokens', 'aboveMaximum', this.#rules.maxOutput);
  }

  fitThinking(): void {
    const { thinking } = this.body;
    if (!thinking) return;
    if (thinking.type === 'enabled' && lacksThinkingInLoop(this.body.messages)) {
      this.#leaveOut('thinking', 'toolLoop');
      return;
    }
    const form = this.#rules.thinking;
    if (thinking.type === 'disabled') {
      if (form === 'alwaysAdaptive') this.#leaveOut('thinking', 'notOnThisModel');
    } else if (thinking.type === 'enabled' && (form === 'adaptive' || form === 'alwaysAdaptive')) {
      this.body.thinking = { type: 'adaptive', ...displayOf(thinking) };
      this.#changed('thinking', 'thinkingForm', 'adaptive');
    } else if (thinking.type === 'adaptive' && form === 'budget') {
      this.#setBudget(Math.floor(this.body.max_tokens / 2), 'thinkingForm');
    } else if (thinking.type === 'enabled') {
      const budget = Math.min(thinking.budget_tokens, this.body.max_tokens - 1);
      if (thinking.budget_tokens < leastThinkingBudget) this.#setBudget(leastThinkingBudget, 'belowMinimum');
      else if (budget < thinking.budget_tokens) this.#setBudget(budget, 'aboveMaximum');
    }
  }

  #setBudget(wantedTokens: number, reason: AdjustmentReason): void {
    const budget = Math.max(wantedTokens, leastThinkingBudget);
    if (budget >= this.body.max_tokens) {
      // No budget fits below max_tokens.
      this.#leaveOut('thinking', 'belowMinimum');
      return;
    }
    this.body.thinking = { type: 'enabled', budget_tokens: budget, ...displayOf(this.body.thinking) };
    this.#changed('thinking.budget_tokens', reason, budget);
  }

  fitSampling(): void {
    for (const field of ['temperature', 'top_p', 'top_k'] as const) {
      if (this.body[field] === undefined) continue;
      if (this.#rules.sampling === 'none') this.#leaveOut(field, 'notOnThisModel');
      else if (this.#thinks) this.#leaveOut(field, 'notWithThinking');
      else if (
        field === 'top_p' &&
        this.#rules.sampling === 'temperatureOrTopP' &&
        this.body.temperature !== undefined
      ) {
        this.#leaveOut(field, 'notWithTemperature');
      }
    }
  }

  fitToolChoice(): void {
    const { tool_choice, tools } = this.body;
    if (!tool_choice) return;
    if (!tools || tools.length === 0) {
      this.#leaveOut('tool_choice', 'empty');
      return;
    }
    if (tool_choice.type === 'tool' && !tools.some(({ name }) => name === tool_choice.name)) {
      this.#leaveOut('tool_choice', 'noSuchTool');
      return;
    }
    const forced = tool_choice.type === 'any' || tool_choice.type === 'tool';
    const adaptive = this.body.thinking?.type === 'adaptive' || this.#rules.thinking === 'alwaysAdaptive';
    if (!forced || !this.#thinks || adaptive) return;
    this.body.tool_choice = { type: 'auto' };
    this.#changed('tool_choice', 'notWithThinking', 'auto');
  }

  fitStopSequences(): void {
    const wanted = this.body.stop_sequences;
    if (!wanted) return;
    const written = wanted.filter(sequence => sequence.trim() !== '');
    const kept = written.slice(0, mostStopSequences);
    if (written.length < wanted.length) this.#changed('stop_sequences', 'blank', kept.length);
    if (kept.length < written.length) this.#changed('stop_sequences', 'tooMany', kept.length);
    if (kept.length > 0) this.body.stop_sequences = kept;
    else delete this.body.stop_sequences;
  }

  fitMessages(): void {
    const messages = this.body.messages.map(withoutUnsignedThinking);
    if (messages.some((message, index) => message.content.length < (this.body.messages[index]?.content.length ?? 0))) {
      this.adjustments.push({ field: 'messages', change: 'changed', reason: 'unsigned' });
    }
    this.body.messages = mergeNeighbours(messages.filter(hasContent));
  }

  fitPrefill(): void {
    const { messages } = this.body;
    const last = messages.at(-1);
    if (last?.role !== 'assistant') return;
    if (!this.#rules.prefill || this.#thinks) {
      this.#leaveOutPart('prefill', this.#thinks ? 'notWithThinking' : 'notOnThisModel');
      this.body.messages = messages.slice(0, -1);
    } else {
      this.body.messages = [...messages.slice(0, -1), { ...last, content: trimEnd(last.content) }].filter(hasContent);
    }
  }

  leaveOutRefused(): void {
    for (const field of optionalFields) {
      if (this.#refused.has(field) && this.body[field] !== undefined) this.#leaveOut(field, 'refusedBefore');
    }
  }

  #leaveOut(field: OptionalField, reason: AdjustmentReason): void {
    Reflect.deleteProperty(this.body, field);
    this.#leaveOutPart(field, reason);
  }

  #leaveOutPart(field: string, reason: AdjustmentReason): void {
    this.adjustments.push({ field, change: 'leftOut', reason });
  }

  #changed(field: string, reason: AdjustmentReason, sent: number | string): void {
    this.adjustments.push({ field, change: 'changed', reason, sent });
  }
}

function displayOf(thinking: ThinkingParam | undefined): Pick<ThinkingParam & { type: 'adaptive' }, 'display'> {
  return thinking && thinking.type !== 'disabled' && thinking.display ? { display: thinking.display } : {};
}

/** Whether a tool's result ends the messages and no thinking stands before its call, as it must while thinking is on. */
function lacksThinkingInLoop(messages: readonly MessageParam[]): boolean {
  const answer = endsInToolLoop(messages) ? messages.at(-2) : undefined;
  if (answer === undefined || typeof answer.content === 'string') return false;
  const first = answer.content[0]?.type;
  return first !== 'thinking' && first !== 'redacted_thinking';
}

/** Thinking that a relay has not signed can't be handed back: it would be refused, and must not be forged. */
function withoutUnsignedThinking(message: MessageParam): MessageParam {
  if (typeof message.content === 'string') return message;
  return { ...message, content: message.content.filter(block => block.type !== 'thinking' || block.signature !== '') };
}

function hasContent(message: MessageParam): boolean {
  return typeof message.content === 'string' ? message.content !== '' : message.content.length > 0;
}

/** The service merges neighbours of one role; relays refuse them. */
function mergeNeighbours(messages: MessageParam[]): MessageParam[] {
  const merged: MessageParam[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last?.role !== message.role) merged.push({ ...message });
    else if (typeof last.content === 'string' && typeof message.content === 'string') {
      last.content = `${last.content}\n\n${message.content}`;
    } else last.content = [...blocksOf(last.content), ...blocksOf(message.content)];
  }
  return merged;
}

function blocksOf(content: string | ContentBlockParam[]): ContentBlockParam[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

/** A prefill must not end in white space. */
function trimEnd(content: string | ContentBlockParam[]): string | ContentBlockParam[] {
  if (typeof content === 'string') return content.trimEnd();
  const last = content.at(-1);
  if (last?.type !== 'text') return content;
  const text = last.text.trimEnd();
  return text === '' ? content.slice(0, -1) : [...content.slice(0, -1), { ...last, text }];
}
