import { isPromptName, type PromptOrigin } from '../../shared/prompt.ts';
import { longestPrompt } from './promptFile.ts';
import { type Prompt, type PromptContext, promptContexts, usualContext } from './prompt.ts';

/** An entry, or a part of one, that is ignored. */
export interface PromptProblem {
  /** Such as `[2].name`; empty for the whole setting. */
  path: string;
  expected: 'list' | 'object' | 'name' | 'prompt' | 'text' | 'context' | 'newName';
}

/** Reads the setting: a list of prompts. What is wrong is left out and reported; it costs no other prompt. */
export function readPromptSettings(
  value: unknown,
  origin: PromptOrigin,
): { prompts: Prompt[]; problems: PromptProblem[] } {
  if (value === undefined || value === null) return { prompts: [], problems: [] };
  if (!Array.isArray(value)) return { prompts: [], problems: [{ path: '', expected: 'list' }] };
  const problems: PromptProblem[] = [];
  const prompts = new Map<string, Prompt>();
  value.forEach((entry: unknown, index) => {
    const at = `[${index}]`;
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      problems.push({ path: at, expected: 'object' });
      return;
    }
    const prompt = readEntry(entry, at, origin, problems);
    if (!prompt) return;
    if (prompts.has(prompt.name)) problems.push({ path: `${at}.name`, expected: 'newName' });
    else prompts.set(prompt.name, prompt);
  });
  return { prompts: [...prompts.values()], problems };
}

function readEntry(entry: object, at: string, origin: PromptOrigin, problems: PromptProblem[]): Prompt | undefined {
  const fields = entry as Record<string, unknown>;
  const wrong = (field: string, expected: PromptProblem['expected']): void => {
    problems.push({ path: `${at}.${field}`, expected });
  };
  const { name, prompt, description, context } = fields;
  const written =
    typeof name === 'string'
      ? name
          .trim()
          .replace(/^[/／]/, '')
          .normalize('NFKC')
      : '';
  if (!isPromptName(written)) {
    wrong('name', 'name');
    return undefined;
  }
  if (typeof prompt !== 'string' || prompt.trim() === '' || prompt.length > longestPrompt) {
    wrong('prompt', 'prompt');
    return undefined;
  }
  if (description !== undefined && typeof description !== 'string') wrong('description', 'text');
  if (context !== undefined && !isContext(context)) wrong('context', 'context');
  return {
    name: written,
    description:
      typeof description === 'string' && description !== '' ? description : (prompt.trim().split('\n', 1)[0] ?? ''),
    text: prompt.trim(),
    context: isContext(context) ? context : usualContext(prompt),
    intent: 'chat',
    origin,
  };
}

function isContext(value: unknown): value is PromptContext {
  return promptContexts.some(known => known === value);
}
