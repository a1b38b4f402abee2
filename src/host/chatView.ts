import * as vscode from 'vscode';
import { parseViewMessage } from '../shared/parseViewMessage.ts';
import type { ViewMessage } from '../shared/protocol.ts';
import type { ChatSession } from '../core/chat/session.ts';
import { type ParameterName, parameterProblem } from '../shared/parameters.ts';
import { useCode } from './useCode.ts';
import { attachData } from './commands/attach.ts';
import type { ChatController } from './chatController.ts';
import { webviewPage, webviewPageOptions } from './webviewPage.ts';
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
  #showParametersWhenReady = false;

  constructor(ports: ChatViewPorts) {
    this.#ports = ports;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri, link, warmUp } = this.#ports;
    this.#view = view;
    view.webview.options = webviewPageOptions(extensionUri);
    view.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseViewMessage(raw);
      if (message) void this.#take(view, message);
    });
    view.onDidChangeVisibility(() => {
      // A hidden page is torn down and loses what is posted; shown again it asks for a snapshot.
      if (view.visible) return;
      link.connect(undefined);
      this.#ports.chat.watch.set(false);
    });
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      link.connect(undefined);
    });
    view.webview.html = webviewPage(view.webview, extensionUri, {
      title: 'Marginalia',
      script: 'main.js',
      styles: ['view.css'],
    });
    warmUp();
  }

  /** Shows the view. The keyboard goes into the composer unless `preserveFocus`. */
  async reveal(options: { preserveFocus: boolean }): Promise<void> {
    this.#focusWhenReady = !options.preserveFocus && !this.#ports.link.connected;
    await vscode.commands.executeCommand(`${chatViewId}.focus`, { preserveFocus: options.preserveFocus });
    if (!options.preserveFocus) this.#ports.link.focusComposer();
  }

  /** Shows the parameters of the conversation. */
  async showParameters(): Promise<void> {
    this.#showParametersWhenReady = !this.#ports.link.connected;
    await this.reveal({ preserveFocus: false });
    this.#ports.link.showParameters();
  }

  async #take(view: vscode.WebviewView, message: ViewMessage): Promise<void> {
    const { chat, link } = this.#ports;
    switch (message.type) {
      case 'ready':
        link.connect(posted => void view.webview.postMessage(posted));
        await chat.postSnapshot();
        if (this.#focusWhenReady) link.focusComposer();
        this.#focusWhenReady = false;
        if (this.#showParametersWhenReady) link.showParameters();
        this.#showParametersWhenReady = false;
        return;
      case 'attach':
        attachData(chat, message.name, message.data);
        return;
      case 'detach':
        chat.session.unsent.attachments = chat.session.unsent.attachments.filter(({ id }) => id !== message.id);
        return;
      case 'setParameter':
        setParameter(chat.session, message.name, message.value);
        return;
      case 'countRequest':
        await chat.watch.count();
        return;
      case 'watchRequest':
        chat.watch.set(message.isOn);
        return;
      case 'unqueue':
        chat.session.unsent.unqueue(message.id, message.isEdited);
        return;
      case 'sendQueued':
        await chat.session.sendQueued(message.id);
        return;
      case 'send':
        if (message.text.trim() !== '' || chat.session.unsent.attachments.length > 0)
          await chat.ask('chat', message.text);
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
        if (message.conversationId === chat.session.id) chat.session.unsent.draft = message.text;
        chat.watch.refresh();
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'useCode':
        await useCode(message.action, message.text, message.language);
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

/** What the view sends is checked again: it is what goes out. */
function setParameter(session: ChatSession, name: ParameterName, value: unknown): void {
  const changed: Record<string, unknown> = { ...session.unsent.parameters };
  if (value === undefined) Reflect.deleteProperty(changed, name);
  else if (parameterProblem(name, value, text => text) === undefined) changed[name] = value;
  session.unsent.parameters = changed;
}

/** The schemes that an answer may lead to; everything else could run something. */
const openableSchemes = new Set(['http:', 'https:', 'mailto:']);

async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !openableSchemes.has(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
