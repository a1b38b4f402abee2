import * as vscode from 'vscode';
import type { CheckpointStore, FileState } from '../../core/checkpoints/checkpoint.ts';
import type { ChangedFile } from '../../core/checkpoints/conversationCheckpoints.ts';
import { shown } from '../../shared/shown.ts';
import { ChangedEditors } from './changedEditors.ts';

const scheme = 'marginalia-before';

/** What files held before the tools of a conversation changed them, beside what they hold now. */
export class BeforeContent implements vscode.Disposable {
  readonly #store: Pick<CheckpointStore, 'content'>;
  readonly #registration: vscode.Disposable;
  /** Where what was shown is taken back. */
  readonly editors = new ChangedEditors(state => this.#textIn(state));

  constructor(store: Pick<CheckpointStore, 'content'>) {
    this.#store = store;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: uri => this.#textOf(uri),
    });
  }

  /** Shows all of them in one tab. */
  async showChanges(files: readonly ChangedFile[]): Promise<void> {
    const resources = files.map(({ address, before }) => {
      const uri = vscode.Uri.parse(address);
      this.editors.add(uri, before);
      // The path is the file's, and with it the language; the query tells what it held, in every later window too.
      const earlier = uri.with({ scheme, query: JSON.stringify(before) });
      return [uri, earlier, uri] as const;
    });
    await vscode.commands.executeCommand(
      'vscode.changes',
      shown(vscode.l10n.t('Changes of This Conversation')),
      resources,
    );
  }

  dispose(): void {
    this.#registration.dispose();
    this.editors.dispose();
  }

  async #textOf(uri: vscode.Uri): Promise<string> {
    const state = stateIn(uri.query);
    if (!state) return '';
    return (await this.#textIn(state)) ?? vscode.l10n.t('What the file held is no longer kept.');
  }

  async #textIn(state: FileState): Promise<string | undefined> {
    const content = await this.#store.content(state);
    if (!content) return undefined;
    return content.text ?? (content.disk ? vscode.workspace.decode(content.disk, { encoding: 'utf8' }) : '');
  }
}

/** Whoever can write an address may ask for a hash: it opens nothing but what was kept. */
function stateIn(query: string): FileState | null {
  try {
    const { disk, text } = (JSON.parse(query) ?? {}) as Partial<Record<keyof FileState, unknown>>;
    const isState = typeof disk === 'string' || typeof text === 'string';
    return isState ? { disk: typeof disk === 'string' ? disk : null, ...(typeof text === 'string' && { text }) } : null;
  } catch {
    return null;
  }
}
