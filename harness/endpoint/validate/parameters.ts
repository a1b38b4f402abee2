import { invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { ModelRules } from '../models.ts';
import type { Context } from './context.ts';
import { asInteger, asList, asNumber, asObject, asString, fail, noOthers, oneOf, required } from './fields.ts';

/** The seed's page allows 4; the service itself states no maximum. */
const MAX_STOP_SEQUENCES = 4;

/** temperature, top_p and top_k: their ranges, whatever the model. */
export function checkSamplingRanges(body: JsonObject, context: Context): void {
  for (const name of ['temperature', 'top_p', 'top_k']) {
    const value = body[name];
    if (value === undefined) continue;
    if (context.newestVersion) fail(name, 'Extra inputs are not permitted');
    if (name === 'top_k') {
      asInteger(value, name, 0);
      continue;
    }
    const number = asNumber(value, name);
    if (number < 0 || number > 1) fail(name, 'range: 0..1');
  }
}

/** What the model takes of them. */
export function checkSamplingOfModel(body: JsonObject, model: ModelRules): void {
  const { temperature, top_p: topP, top_k: topK } = body;
  if (model.sampling === 'fixed') {
    const changed = [
      temperature !== undefined && temperature !== 1 ? 'temperature' : '',
      topP !== undefined && topP !== 1 ? 'top_p' : '',
      topK !== undefined ? 'top_k' : '',
    ].find(name => name !== '');
    if (changed !== undefined) throw invalid(`\`${changed}\` is deprecated for this model.`);
  }
  if (model.sampling === 'exclusive' && temperature !== undefined && topP !== undefined) {
    throw invalid('`temperature` and `top_p` cannot both be specified for this model. Please use only one.');
  }
}

export function stopSequences(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const list = asList(value, 'stop_sequences').map((sequence, index) => asString(sequence, `stop_sequences.${index}`));
  if (list.some(sequence => sequence.trim() === '')) {
    throw invalid('stop_sequences: each stop sequence must contain non-whitespace');
  }
  if (list.length > MAX_STOP_SEQUENCES) {
    fail('stop_sequences', `List should have at most ${MAX_STOP_SEQUENCES} items after validation, not ${list.length}`);
  }
  return list;
}

export function checkMetadata(value: unknown): void {
  if (value === undefined) return;
  const metadata = asObject(value, 'metadata');
  noOthers(metadata, ['user_id'], 'metadata');
  const userId = metadata['user_id'];
  if (userId !== undefined && userId !== null) asString(userId, 'metadata.user_id', { max: 256 });
}

/** The schema of a structured output, if one is asked for. */
export function outputSchema(value: unknown, model: ModelRules): JsonObject | undefined {
  if (value === undefined) return undefined;
  const config = asObject(value, 'output_config');
  noOthers(config, ['effort', 'format'], 'output_config');
  if (config['effort'] !== undefined) {
    oneOf(config['effort'], 'output_config.effort', ['low', 'medium', 'high', 'xhigh', 'max']);
    if (!model.effort) throw invalid('This model does not support the effort parameter.');
  }
  if (config['format'] === undefined) return undefined;
  const format = asObject(config['format'], 'output_config.format');
  noOthers(format, ['type', 'schema'], 'output_config.format');
  oneOf(required(format, 'type', 'output_config.format'), 'output_config.format.type', ['json_schema']);
  return asObject(required(format, 'schema', 'output_config.format'), 'output_config.format.schema');
}

/** The system prompt as one text, from either of its forms. */
export function systemText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return asList(value, 'system')
    .map((part, index) => systemBlock(part, `system.${index}`))
    .join('\n');
}

function systemBlock(part: unknown, path: string): string {
  const block = asObject(part, path);
  if (block['type'] !== 'text') oneOf(required(block, 'type', path), `${path}.type`, ['text']);
  noOthers(block, ['type', 'text', 'cache_control', 'citations'], path);
  const text = asString(required(block, 'text', path), `${path}.text`);
  if (text === '') {
    if (isObject(block['cache_control'])) fail(path, 'cache_control cannot be set for empty text blocks');
    throw invalid('system: text content blocks must be non-empty');
  }
  return text;
}
