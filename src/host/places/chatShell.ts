import * as vscode from 'vscode';
import { webviewPage, webviewPageOptions } from './webviewPage.ts';

/** A view or a panel of the editor. Its page is torn down while it is hidden, and built anew. */
export interface Surface {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidDispose: vscode.Event<void>;
}

/** The page of the chat before anyone speaks with it. */
export function buildChatPage({ webview }: Surface, extensionUri: vscode.Uri, sentence: string): void {
  webview.options = webviewPageOptions(extensionUri);
  webview.html = webviewPage(webview, extensionUri, {
    title: 'Marginalia',
    script: 'main.js',
    styles: ['view.css'],
    sentence,
    keepsMessages: true,
  });
}

export function startingSentence(): string {
  return vscode.l10n.t('Marginalia is starting…');
}

/** A page that loads while the host does. What it says meanwhile is kept. */
export class EarlyPage {
  #isClosed = false;
  readonly #said: unknown[] = [];
  readonly #listening: vscode.Disposable;

  constructor(surface: Surface, extensionUri: vscode.Uri) {
    this.#listening = surface.webview.onDidReceiveMessage((message: unknown) => this.#said.push(message));
    surface.onDidDispose(() => (this.#isClosed = true));
    buildChatPage(surface, extensionUri, startingSentence());
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Hands over to `take` what was said; who calls it listens from now on. */
  handOver(take: (message: unknown) => void): void {
    this.#listening.dispose();
    for (const message of this.#said.splice(0)) take(message);
  }
}
