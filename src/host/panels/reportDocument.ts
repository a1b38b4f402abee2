import * as vscode from 'vscode';
import type { NamedText } from '../../core/conversation/comparedTurns.ts';
import { shown } from '../../shared/shown.ts';

const scheme = 'marginalia-report';

/** Shows a text that was made here as a document to read and copy; it can't be edited and asks for no saving. */
export class ReportDocument implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: uri => this.#texts.get(uri.path) ?? '',
  });

  /** Shows how two texts differ. */
  async showDiff(left: NamedText, right: NamedText): Promise<void> {
    const keep = ({ id, name, text }: NamedText): vscode.Uri => this.#keep(`/${id}/${name}.md`, text);
    const title = shown(`${left.name} ↔ ${right.name}`);
    await vscode.commands.executeCommand('vscode.diff', keep(left), keep(right), title, { preview: true });
  }

  /** `title` becomes the tab's; a report of the same title takes the place of the one before. */
  async show(title: string, markdown: string): Promise<void> {
    const uri = this.#keep(`/${title}.md`, markdown);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  #keep(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path });
    this.#texts.set(path, text);
    this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
