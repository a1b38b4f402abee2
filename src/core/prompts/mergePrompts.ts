import { isPromptName } from '../../shared/prompt.ts';
import type { Prompt } from './prompt.ts';

/** Prompts by where they come from. */
export interface PromptSources {
  builtIn: readonly Prompt[];
  settings: readonly Prompt[];
  /** Of the workspace: its settings and its files. */
  workspace: readonly Prompt[];
}

/**
 * All prompts that can be called, each name once. The user's own replaces a built-in one of its name. One of the
 * workspace replaces neither, since it may be somebody else's: where its name is taken, `project:` stands before it.
 */
export function mergePrompts({ builtIn, settings, workspace }: PromptSources): Prompt[] {
  const own = new Map(settings.map(prompt => [prompt.name, prompt]));
  const merged = new Map<string, Prompt>();
  for (const prompt of builtIn) merged.set(prompt.name, own.get(prompt.name) ?? prompt);
  for (const prompt of settings) merged.set(prompt.name, prompt);
  for (const prompt of workspace) {
    const name = merged.has(prompt.name) ? `project:${prompt.name}` : prompt.name;
    if (!merged.has(name) && isPromptName(name)) merged.set(name, { ...prompt, name });
  }
  return [...merged.values()];
}
