import { parseJson } from './json.ts';
import type { ParameterName } from './parameters.ts';
import { stopSequencesFrom } from './stopSequences.ts';

/** The value that a text stands for; undefined where it is empty: then the settings decide. */
export function parameterFromText(name: ParameterName, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (name) {
    case 'max_tokens':
    case 'temperature':
    case 'top_p':
    case 'top_k':
      return Number(text);
    case 'stream':
    case 'cache':
      return text === 'true';
    case 'stop_sequences':
      return stopSequencesFrom(text);
    case 'metadata':
      return { user_id: text.trim() };
    case 'system':
      return systemFrom(text);
    case 'model':
      return text.trim();
    case 'prefill':
      return text;
    case 'thinking':
    case 'tools':
    case 'tool_choice':
      return parseJson(text) ?? text;
  }
}

/** Text, or the list of blocks that it is; null for what was meant as one and can't be read. */
function systemFrom(text: string): unknown {
  if (!text.trimStart().startsWith('[')) return text;
  return parseJson(text) ?? (/^\s*\[\s*\{/.test(text) ? null : text);
}
