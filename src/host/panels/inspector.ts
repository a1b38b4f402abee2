import * as vscode from 'vscode';
import type { Connection } from '../../core/request/requestSources.ts';
import { detailOf, type Exchange, type ExchangeLog, summaryOf } from '../../core/inspect/exchangeLog.ts';
import { toCurl, toPython, toTypeScript } from '../../core/inspect/snippets.ts';
import type { MessagesClient } from '../../core/messages/client.ts';
import {
  type CopyForm,
  type InspectorHostMessage,
  type InspectorViewMessage,
  parseInspectorMessage,
} from '../../shared/protocol/inspector.ts';
import { showWarning } from '../show.ts';
import { webviewPage, webviewPageOptions } from '../places/webviewPage.ts';

export interface InspectorPorts {
  extensionUri: vscode.Uri;
  log: ExchangeLog;
  client: MessagesClient;
  connect: () => Promise<Connection>;
  /** Whether a budget lets it go out, or the user does. */
  mayGoOut: () => Promise<boolean>;
}

/** The tab that shows the last requests: what was sent, what came back, and when. */
export class Inspector implements vscode.Disposable {
  readonly #ports: InspectorPorts;
  #panel: vscode.WebviewPanel | undefined;
  #selected = '';
  /** Ends what was sent again. */
  #again = new AbortController();

  constructor(ports: InspectorPorts) {
    this.#ports = ports;
    ports.log.onChange(exchange => this.#changed(exchange));
  }

  show(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    const { extensionUri } = this.#ports;
    const panel = vscode.window.createWebviewPanel(
      'marginalia.requests',
      vscode.l10n.t('Requests'),
      vscode.ViewColumn.Active,
      webviewPageOptions(extensionUri),
    );
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((raw: unknown) => {
      const message = parseInspectorMessage(raw);
      if (message) void this.#take(message);
    });
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.html = webviewPage(panel.webview, extensionUri, {
      title: vscode.l10n.t('Requests'),
      script: 'inspector.js',
      styles: ['view.css', 'inspector.css'],
      sentence: vscode.l10n.t('Loading…'),
    });
  }

  dispose(): void {
    this.#again.abort();
    this.#panel?.dispose();
  }

  async #take(message: InspectorViewMessage): Promise<void> {
    const { log } = this.#ports;
    switch (message.type) {
      case 'ready':
        this.#postAll();
        return;
      case 'select':
        this.#selected = message.id;
        this.#postDetail();
        return;
      case 'copy': {
        const exchange = log.find(message.id);
        if (exchange) await vscode.env.clipboard.writeText(copied(exchange, message.form));
        return;
      }
      case 'sendAgain': {
        const exchange = log.find(message.id);
        if (exchange) await this.#sendAgain(exchange);
        return;
      }
      case 'stop':
        this.#again.abort();
        this.#again = new AbortController();
        return;
      case 'clear':
        log.clear();
        this.#selected = '';
        this.#postAll();
    }
  }

  /** The same body once more, to the endpoint that it went to: the key of another one would not belong there. */
  async #sendAgain(exchange: Exchange): Promise<void> {
    const connection = await this.#ports.connect();
    if (!connection.ok || connection.endpoint.messagesUrl !== exchange.url) {
      void showWarning(
        vscode.l10n.t('It went to {0}, which is not the endpoint that is set now, or has no key.', exchange.url),
      );
      return;
    }
    if (!(await this.#ports.mayGoOut())) return;
    const known = new Set(this.#ports.log.exchanges);
    const sent = this.#ports.client.send(exchange.request, connection.endpoint, silent, this.#again.signal, {
      purpose: 'again',
    });
    this.#selected = this.#ports.log.exchanges.find(candidate => !known.has(candidate))?.id ?? this.#selected;
    this.#postAll();
    await sent;
  }

  #changed(exchange: Exchange): void {
    if (!this.#panel) return;
    const { log } = this.#ports;
    // After a clearing, or where the chosen one is too old to be kept, the next one to come is shown.
    if (!log.find(this.#selected)) this.#selected = exchange.id;
    this.#post({ type: 'exchanges', exchanges: log.exchanges.map(summaryOf) });
    if (exchange.id === this.#selected) this.#postDetail();
  }

  #postAll(): void {
    const { exchanges } = this.#ports.log;
    this.#selected ||= exchanges.at(-1)?.id ?? '';
    this.#post({ type: 'exchanges', exchanges: exchanges.map(summaryOf) });
    this.#postDetail();
  }

  #postDetail(): void {
    const exchange = this.#ports.log.find(this.#selected);
    this.#post({ type: 'detail', detail: exchange && detailOf(exchange) });
  }

  #post(message: InspectorHostMessage): void {
    void this.#panel?.webview.postMessage(message);
  }
}

function copied(exchange: Exchange, form: CopyForm): string {
  switch (form) {
    case 'curl':
      return toCurl(exchange);
    case 'python':
      return toPython(exchange);
    case 'typescript':
      return toTypeScript(exchange);
    case 'request':
      return JSON.stringify(exchange.request, undefined, 2);
    case 'answer':
      return JSON.stringify(exchange.message ?? {}, undefined, 2);
  }
}

/** Nobody reads along: the log keeps what comes. */
const silent = {
  blockStarted: () => undefined,
  textAppended: () => undefined,
  restarted: () => undefined,
  retrying: () => undefined,
  attemptStarted: () => undefined,
};
