import type { ParameterName } from './parameters.ts';

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
      return text.split('\n').filter(line => line !== '');
    case 'metadata':
      return { user_id: text.trim() };
    case 'system':
      return text.trimStart().startsWith('[') ? (parseJson(text) ?? text) : text;
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
