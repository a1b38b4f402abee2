import { fenceFor } from '../context/prompts.ts';

/** Variables whose values are code or lists: they stand on lines of their own. */
const blocks = ['selection', 'diff', 'diff:staged', 'diff:unstaged', 'problems'] as const;
export const promptVariables = ['file', 'language', 'input', ...blocks] as const;
export type PromptVariable = (typeof promptVariables)[number];

/** What a variable stands for. Code is put into a fence, unless the prompt has one around it already. */
export interface PromptValue {
  text: string;
  /** The name of its language; absent where the value is no code. */
  language?: string;
  /** What stands above its fence, such as the file and the lines. */
  heading?: string;
  /** Further code, where several parts of a file are selected. */
  others?: PromptValue[];
}

export type PromptValues = Partial<Record<PromptVariable, PromptValue>>;

const reference = /\$\{([a-z]+)(?::([^}]*))?\}/g;
/** With the spaces around it, which are not needed where a block takes its place. */
const spacedReference = /([ \t]*)\$\{([a-z]+)(?::([^}]*))?\}([ \t]*)/g;

/** The variables that a prompt uses. */
export function variablesIn(text: string): Set<PromptVariable> {
  return new Set([...text.matchAll(reference)].flatMap(([, name = '', argument]) => variableOf(name, argument) ?? []));
}

/**
 * A prompt with its variables filled in. A line whose variables are all empty is left out. What the user has typed after
 * the prompt's name stands at the end where the prompt has no place for it. Values are never searched for variables.
 */
export function expandPrompt(text: string, values: PromptValues): string {
  let fence = '';
  const lines = text.split(/\r?\n/).flatMap(line => {
    fence = fenceAfter(line, fence);
    const used = [...variablesIn(line)];
    if (used.length > 0 && used.every(name => (values[name]?.text ?? '') === '')) return [];
    return [fillIn(line, values, fence !== '')];
  });
  const input = values.input?.text ?? '';
  const rest = variablesIn(text).has('input') || input === '' ? '' : `\n\n${input}`;
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}${rest}`;
}

function fillIn(line: string, values: PromptValues, isInFence: boolean): string {
  return line.replace(spacedReference, (whole: string, ...found: (string | undefined)[]) => {
    const [before = '', name = '', argument, after = ''] = found;
    const variable = variableOf(name, argument);
    if (variable === undefined) return whole;
    const value = values[variable] ?? { text: '' };
    const text = [value, ...(value.others ?? [])].map(part => part.text).join('\n\n');
    const isAlone = line.trim() === whole.trim();
    const isPhrase = !isBlock(variable) || (!isAlone && !text.includes('\n'));
    if (isInFence || text === '' || isPhrase) return before + text + after;
    if (isAlone) return asBlock(value);
    return `${line.trimStart().startsWith(whole.trimStart()) ? '' : '\n'}${asBlock(value)}${line.endsWith(whole) ? '' : '\n'}`;
  });
}

function asBlock({ text, language, heading, others = [] }: PromptValue): string {
  if (language === undefined) return text;
  const fence = fenceFor(text);
  const block = `${heading === undefined ? '' : `${heading}\n`}${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
  return [block, ...others.map(asBlock)].join('\n\n');
}

/** The fence that is open after a line. */
function fenceAfter(line: string, open: string): string {
  const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (mark === undefined) return open;
  if (open === '') return mark;
  return mark.startsWith(open) ? '' : open;
}

/** `${input:…}` is what prompt files of other tools write: the words name what is asked for. */
function variableOf(name: string, argument: string | undefined): PromptVariable | undefined {
  const written = argument === undefined || name === 'input' ? name : `${name}:${argument}`;
  return promptVariables.find(known => known === written);
}

function isBlock(variable: PromptVariable): boolean {
  return (blocks as readonly string[]).includes(variable);
}
