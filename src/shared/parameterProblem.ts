import { isFields } from './json.ts';
import type { ParameterName, Parameters } from './parameters.ts';
import { parameterNames } from './requestFields.ts';
import type { Translate } from './translate.ts';

/** Why `value` can't be the parameter's, as a sentence, or undefined where it can. */
export function parameterProblem(name: ParameterName, value: unknown, t: Translate): string | undefined {
  switch (name) {
    case 'model':
      return isText(value, 1, 256) ? undefined : t('An id of 1 to 256 characters.');
    case 'max_tokens':
      return isWhole(value, 1) ? undefined : t('A whole number, 1 or more.');
    case 'stream':
    case 'cache':
      return typeof value === 'boolean' ? undefined : t('On or off.');
    case 'system':
      return systemProblem(value, t);
    case 'temperature':
    case 'top_p':
      return isBetween(value, 0, 1) ? undefined : t('A number from 0 to 1.');
    case 'top_k':
      return isWhole(value, 0) ? undefined : t('A whole number, 0 or more.');
    case 'stop_sequences':
      return stopSequencesProblem(value, t);
    case 'metadata':
      return isFields(value) && isText(value['user_id'], 1, 256) ? undefined : t('A name of 1 to 256 characters.');
    case 'thinking':
      return thinkingProblem(value, t);
    case 'tools':
      return toolsProblem(value, t);
    case 'tool_choice':
      return toolChoiceProblem(value, t);
    case 'prefill':
      return isText(value, 1) ? undefined : t('The words that the answer begins with.');
  }
}

/** The parameters in `value` that are right, whoever has written it; the rest is left out. */
export function parseParameters(value: unknown): Parameters {
  if (!isFields(value)) return {};
  const untranslated: Translate = text => text;
  const right = parameterNames.filter(
    name => value[name] !== undefined && parameterProblem(name, value[name], untranslated) === undefined,
  );
  return Object.fromEntries(right.map(name => [name, value[name]]));
}

function systemProblem(value: unknown, t: Translate): string | undefined {
  if (isText(value, 1)) return undefined;
  const blocks = Array.isArray(value) && value.length > 0 && value.every(block => isTextBlock(block));
  return blocks ? undefined : t('Text, or a JSON list of text blocks that are not empty.');
}

function isTextBlock(value: unknown): boolean {
  return isFields(value) && value['type'] === 'text' && isText(value['text'], 1);
}

function stopSequencesProblem(value: unknown, t: Translate): string | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > 4)
    return t('One to four sequences, each on a line.');
  return value.every(sequence => isText(sequence, 1) && sequence.trim() !== '')
    ? undefined
    : t('A stop sequence needs a character that is not white space.');
}

function thinkingProblem(value: unknown, t: Translate): string | undefined {
  const { type, display } = isFields(value) ? value : {};
  if (display !== undefined && (type === 'disabled' || (display !== 'summarized' && display !== 'omitted'))) {
    return t('The display of thinking is summarized or omitted.');
  }
  if (type === 'adaptive' || type === 'disabled') return undefined;
  if (type !== 'enabled') return t('On with a budget, adaptive, or off.');
  return isFields(value) && isWhole(value['budget_tokens'], 1024)
    ? undefined
    : t('A budget of 1024 tokens or more, and less than max_tokens.');
}

function toolsProblem(value: unknown, t: Translate): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return t('A JSON list of tools.');
  const names = new Set<unknown>();
  for (const tool of value) {
    const name = isFields(tool) ? tool['name'] : undefined;
    if (!isFields(tool) || typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name)) {
      return t('Every tool needs a name of 1 to 64 letters, digits, hyphens and underscores.');
    }
    if (names.has(name)) return t('Two tools are called {0}.', name);
    names.add(name);
    const isVersioned = typeof tool['type'] === 'string' && tool['type'] !== 'custom';
    const schema = tool['input_schema'];
    if (!isVersioned && !(isFields(schema) && schema['type'] === 'object')) {
      return t('The tool {0} needs an input_schema of type object.', name);
    }
  }
  return undefined;
}

function toolChoiceProblem(value: unknown, t: Translate): string | undefined {
  const type = isFields(value) ? value['type'] : undefined;
  if (type === 'auto' || type === 'any' || type === 'none') return undefined;
  if (type === 'tool' && isFields(value) && isText(value['name'], 1, 64)) return undefined;
  return type === 'tool' ? t('The name of a tool.') : t('auto, any, tool or none.');
}

function isText(value: unknown, least: number, most = Infinity): value is string {
  return typeof value === 'string' && value.trim().length >= least && value.length <= most;
}

function isWhole(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}
