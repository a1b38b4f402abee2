import * as vscode from 'vscode';
import { variablesIn } from '../../core/prompts/expandPrompt.ts';
import type { Prompt } from '../../core/prompts/prompt.ts';
import { promptOriginText } from '../prompts/promptOriginText.ts';
import type { PromptRunner } from '../prompts/promptRunner.ts';
import { askForText, pickOne } from '../show.ts';

/** Runs the prompt of this name, or asks which one. */
export async function runPrompt(runner: PromptRunner, name: unknown): Promise<void> {
  const named = typeof name === 'string' ? await runner.library.find(name) : undefined;
  const prompt = named ?? (await choose(runner));
  if (!prompt) return;
  const input = variablesIn(prompt.text).has('input') ? await askForInput(prompt) : '';
  if (input !== undefined) await runner.run(prompt, input.trim());
}

async function choose({ library }: PromptRunner): Promise<Prompt | undefined> {
  const items = (await library.all()).map(prompt => ({
    label: `/${prompt.name}`,
    description: promptOriginText(prompt.origin),
    detail: prompt.description,
    prompt,
  }));
  const chosen = await pickOne(items, {
    title: vscode.l10n.t('Run Prompt'),
    placeHolder: vscode.l10n.t('It takes the selection along, or the code at the cursor'),
    matchOnDetail: true,
  });
  return chosen?.prompt;
}

async function askForInput({ name, description }: Prompt): Promise<string | undefined> {
  return askForText({
    title: `/${name}`,
    prompt: description,
    placeHolder: vscode.l10n.t('What to say to it; may be empty'),
  });
}
