import * as vscode from 'vscode';
import type { ViewLink } from '../viewLink.ts';
import type { PromptRunner } from './promptRunner.ts';

/** Milliseconds over which changes of the draft and of the selection are gathered. */
const gatherMs = 80;

/** Tells the view which prompts there are, and what the one that the draft begins with would send. */
export class PromptWatch implements vscode.Disposable {
  readonly #link: ViewLink;
  readonly #runner: PromptRunner;
  readonly #draft: () => string;
  readonly #changed: () => void;
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  /** What was posted last; of drafts that call nothing the view need not hear again. */
  #posted = '';

  /** `changed` hears when another text would be sent. */
  constructor(link: ViewLink, runner: PromptRunner, draft: () => string, changed: () => void) {
    this.#link = link;
    this.#runner = runner;
    this.#draft = draft;
    this.#changed = changed;
    const again = (): void => {
      if (this.#posted !== '') this.refresh();
    };
    this.#subscriptions = [
      runner.library.onChange(() => void this.begin()),
      vscode.window.onDidChangeTextEditorSelection(again),
      vscode.window.onDidChangeActiveTextEditor(again),
      vscode.workspace.onDidChangeTextDocument(again),
    ];
  }

  /** Tells a view that knows nothing yet. */
  async begin(): Promise<void> {
    this.#posted = '';
    this.#link.post({ type: 'prompts', prompts: await this.#runner.summaries() });
    this.refresh();
  }

  /** The draft has changed, or what the prompt would take along. */
  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#post(), gatherMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #post(): Promise<void> {
    if (!this.#link.connected) return;
    const draft = this.#draft();
    const preview = await this.#runner.preview(draft);
    const posted = preview ? JSON.stringify(preview) : '';
    if (posted === this.#posted || draft !== this.#draft()) return;
    this.#posted = posted;
    this.#link.post({ type: 'promptPreview', ...(preview && { preview }) });
    this.#changed();
  }
}
