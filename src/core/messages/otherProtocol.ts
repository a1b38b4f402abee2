import type { Fields } from '../../shared/json.ts';

/** The other protocol that an answer, or an event of one, is written in; undefined where it is none of the known ones. */
export function protocolOf({ type, object, choices, candidates }: Fields): string | undefined {
  if (Array.isArray(choices) || (typeof object === 'string' && object.startsWith('chat.completion'))) {
    return 'OpenAI Chat Completions';
  }
  if (object === 'response' || (typeof type === 'string' && type.startsWith('response.'))) return 'OpenAI Responses';
  return Array.isArray(candidates) ? 'Gemini' : undefined;
}
