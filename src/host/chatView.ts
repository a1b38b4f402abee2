import * as vscode from 'vscode';
import { parseViewMessage } from '../shared/parseViewMessage.ts';
import type { ViewMessage } from '../shared/protocol.ts';
import type { ChatController } from './chatController.ts';
import { chatPage, chatPageOptions } from './chatPage.ts';
import type { ViewLink } from './viewLink.ts';

export const chatViewId = 'marginalia.chat';

export interface ChatViewPorts {
  extensionUri: vscode.Uri;
  chat: ChatController;
  link: ViewLink;
  warmUp: () => void;
}

/** Draws the chat view and takes what its user does. Destroyed and rebuilt by the editor at will; holds nothing. */
export class ChatView implements vscode.WebviewViewProvider {
  readonly #ports: ChatViewPorts;
  #view: vscode.WebviewView | undefined;
  #focusWhenReady = false;

  constructor(ports: ChatViewPorts) {
    this.#ports = ports;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri, link, warmUp } = this.#ports;
    this.#view = view;
    view.webview.options = chatPageOptions(extensionUri);
    view.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseViewMessage(raw);
      if (message) void this.#take(view, message);
    });
    view.onDidChangeVisibility(() => {
      // A hidden page is torn down and loses what is posted; shown again it asks for a snapshot.
      if (!view.visible) link.connect(undefined);
    });
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      link.connect(undefined);
    });
    view.webview.html = chatPage(view.webview, extensionUri);
    warmUp();
  }

  /** Shows the view. The keyboard goes into the composer unless `preserveFocus`. */
  async reveal(options: { preserveFocus: boolean }): Promise<void> {
    this.#focusWhenReady = !options.preserveFocus && !this.#ports.link.connected;
    await vscode.commands.executeCommand(`${chatViewId}.focus`, { preserveFocus: options.preserveFocus });
    if (!options.preserveFocus) this.#ports.link.focusComposer();
  }

  async #take(view: vscode.WebviewView, message: ViewMessage): Promise<void> {
    const { chat, link } = this.#ports;
    switch (message.type) {
      case 'ready':
        link.connect(posted => void view.webview.postMessage(posted));
        await chat.postSnapshot();
        if (this.#focusWhenReady) link.focusComposer();
        this.#focusWhenReady = false;
        return;
      case 'send':
        if (message.text.trim() !== '') await chat.ask('chat', message.text);
        return;
      case 'stop':
        chat.session.stop();
        return;
      case 'retry':
        await chat.session.retry(message.turnId);
        return;
      case 'retryWithout':
        await chat.session.retryWithout(message.turnId);
        return;
      case 'continue':
        await chat.session.continue(message.turnId);
        return;
      case 'sendToolResults':
        await chat.answerTools(message.results);
        return;
      case 'retryNow':
        chat.session.retryNow();
        return;
      case 'newConversation':
        await chat.show();
        return;
      case 'draft':
        if (message.conversationId === chat.session.id) chat.session.saveDraft(message.text);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'openLink':
        await openLink(message.href);
        return;
      case 'openLocation':
        await this.#openLocation(message.uri, message.line);
        return;
      case 'command':
        await vscode.commands.executeCommand(message.command);
    }
  }

  /** Opens only what the conversation itself names. */
  async #openLocation(uri: string, line: number): Promise<void> {
    const known = this.#ports.chat.session.conversation.turns.some(turn =>
      turn.role === 'user'
        ? turn.excerpts.some(excerpt => excerpt.uri === uri)
        : turn.findings?.some(finding => finding.uri === uri),
    );
    if (!known || line < 1) return;
    const position = new vscode.Position(line - 1, 0);
    try {
      await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
        selection: new vscode.Range(position, position),
        preview: true,
      });
    } catch {
      void vscode.window.showWarningMessage(vscode.l10n.t('The file can no longer be opened.'));
    }
  }
}

/** The schemes that an answer may lead to; everything else could run something. */
const openableSchemes = new Set(['http:', 'https:', 'mailto:']);

async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !openableSchemes.has(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
