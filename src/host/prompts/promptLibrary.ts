import * as vscode from 'vscode';
import { builtInPrompts } from '../../core/prompts/builtInPrompts.ts';
import { mergePrompts } from '../../core/prompts/mergePrompts.ts';
import type { Prompt } from '../../core/prompts/prompt.ts';
import { readPrompts } from '../config.ts';
import { PromptFiles } from './promptFiles.ts';
import { PromptSettings } from './promptSettings.ts';

/** All prompts that can be called. Nothing is read before somebody asks. */
export class PromptLibrary implements vscode.Disposable {
  readonly #builtIn = builtInPrompts(vscode.l10n.t, vscode.env.language);
  readonly #settings: PromptSettings;
  readonly #files: PromptFiles;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(log: vscode.LogOutputChannel) {
    this.#settings = new PromptSettings(readPrompts, log);
    this.#files = new PromptFiles(log, () => this.#changed.fire());
    this.#subscriptions = [
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('marginalia.prompts')) this.#changed.fire();
      }),
    ];
  }

  async all(): Promise<Prompt[]> {
    const { user, workspace } = this.#settings.read();
    const files = await this.#files.read();
    return mergePrompts({ builtIn: this.#builtIn, settings: user, workspace: [...workspace, ...files] });
  }

  async find(name: string): Promise<Prompt | undefined> {
    return (await this.all()).find(prompt => prompt.name === name);
  }

  /** Servers have other prompts now, which messages may begin with beside these. */
  serversChanged(): void {
    this.#changed.fire();
  }

  builtIn(name: 'explain' | 'review'): Prompt {
    const prompt = this.#builtIn.find(known => known.name === name);
    if (!prompt) throw new Error(`There is no prompt ${name}.`);
    return prompt;
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, this.#files, this.#changed]) subscription.dispose();
  }
}
