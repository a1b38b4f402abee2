import * as vscode from 'vscode';
import type { Prompt } from '../../core/prompts/prompt.ts';
import { type PromptProblem, readPromptSettings } from '../../core/prompts/promptSettings.ts';
import { showWarning } from '../show.ts';

interface Layers<Value> {
  user: Value;
  workspace: Value;
}

/** The prompts of the settings. What is wrong with them is said once, until they change. */
export class PromptSettings {
  readonly #values: () => Layers<unknown>;
  readonly #log: vscode.LogOutputChannel;
  #written = '';
  #prompts: Layers<Prompt[]> = { user: [], workspace: [] };

  constructor(values: () => Layers<unknown>, log: vscode.LogOutputChannel) {
    this.#values = values;
    this.#log = log;
  }

  read(): Layers<Prompt[]> {
    const values = this.#values();
    const written = JSON.stringify([values, vscode.workspace.isTrusted]);
    if (written === this.#written) return this.#prompts;
    this.#written = written;
    const user = readPromptSettings(values.user, { kind: 'settings' });
    const workspace = vscode.workspace.isTrusted
      ? readPromptSettings(values.workspace, { kind: 'workspaceSettings' })
      : { prompts: [], problems: [] };
    this.#report([...user.problems, ...workspace.problems].map(explain));
    this.#prompts = { user: user.prompts, workspace: workspace.prompts };
    return this.#prompts;
  }

  #report(sentences: string[]): void {
    for (const sentence of sentences) this.#log.warn(sentence);
    const [first, ...more] = sentences;
    if (first === undefined) return;
    const text = more.length === 0 ? first : vscode.l10n.t('{0} The log has {1} more.', first, more.length);
    const open = vscode.l10n.t('Open Settings');
    void showWarning(text, open).then(chosen => {
      if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettings', 'marginalia.prompts');
    });
  }
}

function explain({ path, expected }: PromptProblem): string {
  const where = `marginalia.prompts${path}`;
  switch (expected) {
    case 'list':
      return vscode.l10n.t('{0} is ignored: it must be a list of prompts.', where);
    case 'object':
      return vscode.l10n.t('{0} is ignored: a prompt needs a "name" and a "prompt".', where);
    case 'name':
      return vscode.l10n.t(
        '{0}: a name is one word of letters, digits, “-”, “_”, “.” and “:”. The prompt is ignored.',
        where,
      );
    case 'prompt':
      return vscode.l10n.t('{0} must be a text of at most 100,000 characters. The prompt is ignored.', where);
    case 'text':
      return vscode.l10n.t('{0} is ignored: it must be a text.', where);
    case 'context':
      return vscode.l10n.t('{0} is ignored: it must be "block", "file", "selection" or "none".', where);
    case 'newName':
      return vscode.l10n.t('{0} is taken by a prompt before it. The later one is ignored.', where);
  }
}
