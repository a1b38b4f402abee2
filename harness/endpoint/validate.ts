import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, invalid } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { ModelRules } from './models.ts';
import { modelRules } from './models.ts';
import { inputTokens } from './usage.ts';
import { contextOf } from './validate/context.ts';
import { asBoolean, asInteger, asObject, asString, noOthers, oneOf, required } from './validate/fields.ts';
import { merged, messageList } from './validate/messages.ts';
import { checkToolPairs } from './validate/pairing.ts';
import {
  checkMetadata,
  checkSamplingOfModel,
  checkSamplingRanges,
  outputSchema,
  stopSequences,
  systemText,
} from './validate/parameters.ts';
import { promptParts } from './validate/prompt.ts';
import { checkThinkingNeighbours, thinkingOf, withSuffixThinking } from './validate/thinking.ts';
import { disablesParallelTools, toolChoiceOf, toolList } from './validate/tools.ts';
import type { Message, MessagesRequest, Thinking } from './wire.ts';

const COUNT_FIELDS = [
  'model',
  'messages',
  'system',
  'tools',
  'tool_choice',
  'thinking',
  'cache_control',
  'output_config',
];
const CREATE_FIELDS = [
  ...COUNT_FIELDS,
  'max_tokens',
  'metadata',
  'service_tier',
  'stop_sequences',
  'stream',
  'temperature',
  'top_k',
  'top_p',
];

/** Refuses what the service would refuse, with its words, and returns the rest in a form that answers can be made of. */
export function validateMessages(
  value: unknown,
  headers: IncomingHttpHeaders,
  purpose: 'create' | 'count',
): MessagesRequest {
  const context = contextOf(headers);
  const sent = asObject(value, 'body');
  const modelId = asString(required(sent, 'model', ''), 'model', { min: 1, max: 256 });
  const list = messageList(required(sent, 'messages', ''), context);
  if (purpose === 'create') asInteger(required(sent, 'max_tokens', ''), 'max_tokens', 1);
  checkSamplingRanges(sent, context);
  const system = systemText(sent['system']);
  const sequences = stopSequences(sent['stop_sequences']);
  const stream = sent['stream'] === undefined ? false : asBoolean(sent['stream'], 'stream');
  checkMetadata(sent['metadata']);
  if (sent['service_tier'] !== undefined) oneOf(sent['service_tier'], 'service_tier', ['auto', 'standard_only']);
  noOthers(sent, purpose === 'create' ? CREATE_FIELDS : COUNT_FIELDS, '');

  const model = modelRules(modelId);
  if (model === undefined) throw new ApiError(404, 'not_found_error', `model: ${modelId}`);
  const body = withSuffixThinking(sent, model);
  const maxTokens = maxTokensOf(body, model, purpose);
  checkSamplingOfModel(body, model);
  const tools = toolList(body['tools'], model, context);
  const toolChoice = toolChoiceOf(body['tool_choice'], tools);
  const thinking = thinkingOf(body['thinking'], model, context);
  const schema = outputSchema(body['output_config'], model);
  const messages = merged(list);
  checkToolPairs(messages);
  checkThinkingNeighbours(thinking, { body, messages, toolChoice, maxTokens });
  checkPrefill(messages, model, thinking, schema);
  const prompt = promptParts(body, list, toolChoice);
  checkContext(inputTokens(prompt), maxTokens, model, purpose);
  return {
    model,
    messages,
    system,
    maxTokens,
    stream,
    stopSequences: sequences,
    tools,
    toolChoice,
    parallelTools: !disablesParallelTools(body['tool_choice']),
    thinking,
    outputSchema: schema,
    prompt,
  };
}

function maxTokensOf(body: JsonObject, model: ModelRules, purpose: 'create' | 'count'): number {
  // Counting has no answer, hence no limit for one.
  if (purpose === 'count') return Infinity;
  const maxTokens = asInteger(body['max_tokens'], 'max_tokens', 1);
  if (maxTokens > model.maxOutputTokens) {
    throw invalid(
      `max_tokens: ${maxTokens} > ${model.maxOutputTokens}, which is the maximum allowed number of output tokens for ${model.id}`,
    );
  }
  return maxTokens;
}

function checkPrefill(
  messages: readonly Message[],
  model: ModelRules,
  thinking: Thinking,
  schema: JsonObject | undefined,
): void {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return;
  if (!model.prefill) {
    throw invalid(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
  if (thinking.type === 'on') throw invalid('messages: assistant message prefill is not supported with thinking.');
  if (schema !== undefined)
    throw invalid('messages: assistant message prefill is not supported with output_config.format.');
  const text = last.content.at(-1);
  if (text?.type === 'text' && /\s$/.test(text.text)) {
    throw invalid('messages: final assistant content cannot end with trailing whitespace');
  }
}

function checkContext(input: number, maxTokens: number, model: ModelRules, purpose: 'create' | 'count'): void {
  if (purpose === 'count') return;
  if (input > model.contextTokens) {
    throw invalid(`prompt is too long: ${input} tokens > ${model.contextTokens} maximum`);
  }
  // Models with less output are those before Sonnet 4.5; later ones stop with model_context_window_exceeded instead.
  if (model.maxOutputTokens < 64_000 && input + maxTokens > model.contextTokens) {
    throw invalid(
      `input length and \`max_tokens\` exceed context limit: ${input} + ${maxTokens} > ${model.contextTokens}, decrease input length or \`max_tokens\` and try again`,
    );
  }
}
