import * as vscode from 'vscode';
import type { ViewLink } from '../places/viewLink.ts';
import type { ChatSession } from '../../core/chat/session.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import { PreparedOnce } from '../../core/prompts/preparedOnce.ts';
import { type CalledPrompt, previewOf, type PromptRunner, turnOf } from './promptRunner.ts';

/** Milliseconds over which changes of the draft and of the selection are gathered. */
const gatherMs = 80;

/** Tells the view which prompts there are, and what the one that the draft begins with would send. */
export class PromptWatch implements vscode.Disposable {
  readonly #link: ViewLink;
  readonly #runner: PromptRunner;
  readonly #shown: () => Pick<ChatSession, 'id' | 'unsent'> | undefined;
  readonly #changed: () => void;
  readonly #subscriptions: vscode.Disposable[];
  readonly #prepared: PreparedOnce<CalledPrompt | undefined>;
  /** Whether the same draft may send another text than it did: who shows what it takes does not know yet. */
  #isOther = false;
  #timer: NodeJS.Timeout | undefined;
  /** What was posted last; of drafts that call nothing the view need not hear again. */
  #posted = '';

  /** `changed` hears when another text would be sent. */
  constructor(
    link: ViewLink,
    runner: PromptRunner,
    shown: () => Pick<ChatSession, 'id' | 'unsent'> | undefined,
    changed: () => void,
  ) {
    this.#link = link;
    this.#runner = runner;
    this.#shown = shown;
    this.#changed = changed;
    this.#prepared = new PreparedOnce(message => runner.prepare(message));
    const again = (): void => {
      this.#prepared.forget();
      if (this.#posted === '') return;
      this.#isOther = true;
      this.#refresh();
    };
    this.#subscriptions = [
      runner.library.onChange(() => {
        this.#prepared.forget();
        this.#isOther = true;
        void this.begin();
      }),
      vscode.window.onDidChangeTextEditorSelection(again),
      vscode.window.onDidChangeActiveTextEditor(again),
      vscode.workspace.onDidChangeTextDocument(again),
    ];
  }

  /** Tells a view that knows nothing yet. */
  async begin(): Promise<void> {
    this.#posted = '';
    this.#link.post({ type: 'prompts', prompts: await this.#runner.summaries() });
    this.#refresh();
  }

  /** What the draft, or another message, would send; undefined where it calls nothing, or nothing that can be sent now. */
  async turnOf(message: string): Promise<Partial<UserTurn> | undefined> {
    const called = await this.#prepared.get(message);
    return called && turnOf(called);
  }

  /** The draft has changed. */
  refresh(): void {
    this.#prepared.forget();
    this.#refresh();
  }

  #refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#post(), gatherMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #post(): Promise<void> {
    if (!this.#link.connected) return;
    const session = this.#shown();
    if (!session) return;
    const { draft } = session.unsent;
    const called = await this.#prepared.get(draft);
    const preview = called && previewOf(called);
    const posted = preview ? JSON.stringify(preview) : '';
    if (posted === this.#posted || session !== this.#shown() || draft !== session.unsent.draft) return;
    this.#posted = posted;
    this.#link.about({ type: 'promptPreview', conversationId: session.id, ...(preview && { preview }) });
    if (this.#isOther) this.#changed();
    this.#isOther = false;
  }
}
