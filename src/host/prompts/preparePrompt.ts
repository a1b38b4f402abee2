import * as vscode from 'vscode';
import { expandPrompt, promptVariables, type PromptValues, variablesIn } from '../../core/prompts/expandPrompt.ts';
import type { Prompt } from '../../core/prompts/prompt.ts';
import type { Excerpt } from '../../shared/attachment.ts';
import { fileExcerpt, selectionExcerpts, symbolExcerpt } from '../workspace/excerpts.ts';
import { readPromptValues } from './promptValues.ts';

/** What a prompt sends now, or why it can't be sent, as a sentence. */
export type PreparedPrompt =
  { ok: true; text: string; excerpts: Excerpt[]; taken: Excerpt[] } | { ok: false; problem: string; text: string };

/** Fills a prompt in with what stands in the editor. */
export async function preparePrompt(prompt: Prompt, input: string): Promise<PreparedPrompt> {
  const found = await findCode(prompt);
  const taken = found.ok ? found.excerpts : [];
  const values = await readPromptValues(prompt.text, input, taken);
  const text = expandPrompt(prompt.text, values);
  const problem = found.ok ? missingValue(prompt, values) : found.problem;
  if (problem !== undefined) return { ok: false, problem, text };
  // Code that stands within the text is not sent twice.
  const isInText = variablesIn(prompt.text).has('selection');
  return { ok: true, text, excerpts: isInText ? [] : taken, taken };
}

type FoundCode = { ok: true; excerpts: Excerpt[] } | { ok: false; problem: string };

async function findCode({ name, context }: Prompt): Promise<FoundCode> {
  if (context === 'none') return { ok: true, excerpts: [] };
  const editor = vscode.window.activeTextEditor;
  const selected = editor ? selectionExcerpts(editor) : [];
  if (selected.length > 0 || context === 'selection') return { ok: true, excerpts: selected };
  if (!editor) {
    return { ok: false, problem: vscode.l10n.t('Open a file and select the code that /{0} is about.', name) };
  }
  const isEmpty = editor.document.getText().trim() === '';
  const excerpt = isEmpty ? undefined : context === 'file' ? fileExcerpt(editor.document) : await symbolExcerpt(editor);
  return excerpt
    ? { ok: true, excerpts: [excerpt] }
    : { ok: false, problem: vscode.l10n.t('There is no code here for /{0}.', name) };
}

/** Of a diff that is empty nothing can be said. Without problems or further words, most prompts mean something. */
function missingValue({ text }: Prompt, values: PromptValues): string | undefined {
  const used = variablesIn(text);
  const missing = promptVariables.find(name => used.has(name) && (values[name]?.text ?? '') === '');
  switch (missing) {
    case 'diff':
      return vscode.l10n.t('There are no uncommitted changes.');
    case 'diff:staged':
      return vscode.l10n.t('There are no staged changes.');
    case 'diff:unstaged':
      return vscode.l10n.t('There are no changes that are not staged.');
    case 'file':
    case 'language':
      return vscode.l10n.t('Open a file first: the prompt names it.');
    case 'selection':
    case 'problems':
    case 'input':
    case undefined:
      return undefined;
  }
}
