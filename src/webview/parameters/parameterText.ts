import type { ParameterName, Parameters } from '../../shared/parameters.ts';
import { type ParameterGroup, parameterNames, requestFields } from '../../shared/requestFields.ts';
import { stopSequencesText } from '../../shared/stopSequences.ts';
import { t } from '../ui/l10n.ts';

/** The name that the wire has for it; for what is no field of its own, a word. */
export function parameterLabel(name: ParameterName): string {
  if (name === 'metadata') return 'metadata.user_id';
  if (name === 'prefill') return t('prefill (start of the answer)');
  if (name === 'cache') return t('cache_control (prompt caching)');
  return name;
}

const groups: readonly ParameterGroup[] = ['common', 'sampling', 'tools', 'advanced'];

/** In the order in which they are looked for. */
export const parameterGroups = groups.map(group => ({
  group,
  names: parameterNames.filter(name => requestFields[name].group === group),
}));

export function groupLabel(group: ParameterGroup): string {
  switch (group) {
    case 'common':
      return t('Common');
    case 'sampling':
      return t('Sampling');
    case 'tools':
      return t('Tools');
    case 'advanced':
      return t('Advanced');
  }
}

/** What it is for, in a line. */
export function parameterHint(name: ParameterName): string {
  switch (name) {
    case 'model':
      return t('Which model answers');
    case 'max_tokens':
      return t('The longest answer, with its thinking');
    case 'system':
      return t('What the model is told before all turns');
    case 'thinking':
      return t('Whether it thinks before it answers');
    case 'temperature':
      return t('0 keeps to the likeliest, 1 varies most');
    case 'top_p':
      return t('Words from this likeliest share alone');
    case 'top_k':
      return t('Words from so many likeliest alone');
    case 'stop_sequences':
      return t('Where one comes, the answer ends');
    case 'tools':
      return t('JSON list of tools that you answer for');
    case 'tool_choice':
      return t('Whether it has to call one of them');
    case 'stream':
      return t('Words as they come, or all at the end');
    case 'prefill':
      return t('What the answer has to begin with');
    case 'metadata':
      return t('A name without meaning for who asks');
    case 'cache':
      return t('What stays the same costs less again');
  }
}

/** A parameter as the text that its editor shows. */
export function toText(name: ParameterName, parameters: Parameters): string {
  const value = parameters[name];
  if (value === undefined) return '';
  if (name === 'metadata') return parameters.metadata?.user_id ?? '';
  if (name === 'stop_sequences') return stopSequencesText(parameters.stop_sequences ?? []);
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
