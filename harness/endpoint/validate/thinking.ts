import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { without } from '../json.ts';
import type { ModelRules } from '../models.ts';
import type { Message, Thinking, ToolChoice } from '../wire.ts';
import type { Context } from './context.ts';
import { asInteger, asObject, noOthers, oneOf, required, tagOf } from './fields.ts';

const MIN_BUDGET = 1024;

/** What a `-thinking` id makes of a request that says nothing about thinking itself. */
const SUFFIX_MIN_TOKENS = 1280;
const SUFFIX_SHARE = 0.8;

/** The body a relay would send on for a `-thinking` id; any other body as it is. */
export function withSuffixThinking(body: JsonObject, model: ModelRules): JsonObject {
  if (!model.hasThinkingSuffix || body['thinking'] !== undefined) return body;
  if (!model.enabledThinking) {
    const bare = without(body, ['temperature', 'top_p', 'top_k']);
    return { ...bare, thinking: { type: 'adaptive', display: 'summarized' } };
  }
  const maxTokens = typeof body['max_tokens'] === 'number' ? body['max_tokens'] : 0;
  const raised = Math.max(maxTokens, SUFFIX_MIN_TOKENS);
  return {
    ...without(body, ['temperature', 'top_p']),
    max_tokens: raised,
    thinking: { type: 'enabled', budget_tokens: Math.floor(raised * SUFFIX_SHARE) },
  };
}

/** The thinking parameter by itself: its form, and whether the model takes it. */
export function thinkingOf(value: unknown, model: ModelRules, context: Context): Thinking {
  if (value === undefined) return { type: 'off' };
  const thinking = asObject(value, 'thinking');
  switch (tagOf(thinking, 'thinking', ['adaptive', 'disabled', 'enabled'])) {
    case 'enabled':
      return enabled(thinking, model, context);
    case 'adaptive': {
      noOthers(thinking, ['type', 'display'], 'thinking.adaptive');
      if (!model.adaptiveThinking) throw invalid('adaptive thinking is not supported on this model');
      const omitted = isOmitted(thinking, 'thinking.adaptive');
      return { type: 'on', omitted, budget: Infinity, interleaved: true };
    }
    default:
      noOthers(thinking, ['type'], 'thinking.disabled');
      if (!model.thinkingCanBeOff) throw invalid('"thinking.type.disabled" is not supported for this model.');
      return { type: 'off' };
  }
}

function enabled(thinking: JsonObject, model: ModelRules, context: Context): Thinking {
  noOthers(thinking, ['type', 'budget_tokens', 'display'], 'thinking.enabled');
  const path = 'thinking.enabled.budget_tokens';
  const budget = asInteger(required(thinking, 'budget_tokens', 'thinking.enabled'), path, MIN_BUDGET);
  if (!model.enabledThinking) {
    throw invalid(
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
    );
  }
  const interleaved = context.betas.some(beta => beta.startsWith('interleaved-thinking'));
  return { type: 'on', omitted: isOmitted(thinking, 'thinking.enabled'), budget, interleaved };
}

function isOmitted(thinking: JsonObject, path: string): boolean {
  if (thinking['display'] === undefined) return false;
  return oneOf(thinking['display'], `${path}.display`, ['summarized', 'omitted']) === 'omitted';
}

export interface ThinkingNeighbours {
  readonly body: JsonObject;
  readonly messages: readonly Message[];
  readonly toolChoice: ToolChoice;
  readonly maxTokens: number;
}

/** What may not stand beside it in the same request. */
export function checkThinkingNeighbours(thinking: Thinking, { body, ...rest }: ThinkingNeighbours): void {
  // Adaptive thinking has no budget and allows what a fixed budget does not.
  if (thinking.type === 'off' || thinking.budget === Infinity) return;
  const { temperature, top_p: topP, top_k: topK } = body;
  if (!thinking.interleaved && rest.maxTokens <= thinking.budget) {
    throw invalid('`max_tokens` must be greater than `thinking.budget_tokens`.');
  }
  if (temperature !== undefined && temperature !== 1) {
    throw invalid('`temperature` may only be set to 1 when thinking is enabled.');
  }
  if (topK !== undefined) throw invalid('`top_k` must be unset when thinking is enabled.');
  if (typeof topP === 'number' && topP < 0.95) {
    throw invalid('`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.');
  }
  if (rest.toolChoice.type === 'any' || rest.toolChoice.type === 'tool') {
    throw invalid('Thinking may not be enabled when tool_choice forces tool use.');
  }
  checkFinalTurn(rest.messages);
}

/** The assistant's turn that is going on, with all its tool calls, must have begun with thinking. */
function checkFinalTurn(messages: readonly Message[]): void {
  const lastQuestion = messages.findLastIndex(
    message => message.role === 'user' && !message.content.some(block => block.type === 'tool_result'),
  );
  const turn = messages[lastQuestion + 1];
  const first = turn?.content[0];
  if (turn === undefined || first === undefined) return;
  if (first.type === 'thinking' || first.type === 'redacted_thinking') return;
  throw invalid(
    `messages.${turn.index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.type}\`. ` +
      'When `thinking` is enabled, a final `assistant` message must start with a thinking block (preceeding the lastmost set of `tool_use` and `tool_result` blocks). ' +
      'We recommend you include thinking blocks from previous turns. To avoid this requirement, disable `thinking`.',
  );
}
