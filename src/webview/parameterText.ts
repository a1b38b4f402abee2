import type { ParameterName, Parameters } from '../shared/parameters.ts';
import { stopSequencesText } from '../shared/stopSequences.ts';
import { t } from './l10n.ts';

/** How a parameter is edited. */
export type Editor = 'line' | 'lines' | 'number' | 'json' | 'switch' | 'thinking' | 'toolChoice';

export const editors: Record<ParameterName, Editor> = {
  model: 'line',
  max_tokens: 'number',
  stream: 'switch',
  system: 'lines',
  temperature: 'number',
  top_p: 'number',
  top_k: 'number',
  stop_sequences: 'lines',
  metadata: 'line',
  thinking: 'thinking',
  tools: 'json',
  tool_choice: 'toolChoice',
  prefill: 'lines',
  cache: 'switch',
};

/** The name that the wire has for it; for what is no field of its own, a word. */
export function parameterLabel(name: ParameterName): string {
  if (name === 'metadata') return 'metadata.user_id';
  if (name === 'prefill') return t('prefill (start of the answer)');
  if (name === 'cache') return t('cache_control (prompt caching)');
  return name;
}

/** A parameter as the text that its editor shows. */
export function toText(name: ParameterName, parameters: Parameters): string {
  const value = parameters[name];
  if (value === undefined) return '';
  if (name === 'metadata') return parameters.metadata?.user_id ?? '';
  if (name === 'stop_sequences') return stopSequencesText(parameters.stop_sequences ?? []);
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
