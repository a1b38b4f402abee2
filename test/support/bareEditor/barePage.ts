import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { extname, join, normalize } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../../harness/editor/project.ts';
import { EventEmitter } from './emitter.ts';
import type { ViewTheme } from './theme.ts';
import type { Uri } from './uri.ts';

/** Of the page. */
declare const origin: string;
declare function postMessage(message: unknown, to: string): void;

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.html': 'text/html; charset=utf-8',
};

/** Hands out `dist` and the pages that are drawn now, from one origin. */
export class PageServer {
  readonly origin: string;
  readonly #server: Server;
  readonly #pages: Map<string, string>;

  private constructor(server: Server, pages: Map<string, string>) {
    const address = server.address();
    this.origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    this.#server = server;
    this.#pages = pages;
  }

  static async start(): Promise<PageServer> {
    const pages = new Map<string, string>();
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
      response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
      const page = pages.get(path);
      if (page !== undefined) response.end(page);
      else
        readFile(join(projectRoot, 'dist', path)).then(
          content => response.setHeader('cache-control', 'max-age=3600').end(content),
          () => response.writeHead(404).end(),
        );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PageServer(server, pages);
  }

  /** Gives `html` an address. */
  show(html: string): string {
    const path = `/page-${this.#pages.size}.html`;
    this.#pages.set(path, html);
    return this.origin + path;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/**
 * A webview view whose page is a tab of a browser. As the editor does, it lays its own sheet and the theme's variables
 * before the page's content security policy, hands the page `acquireVsCodeApi`, and posts to it from its own origin.
 */
export class BarePage {
  readonly #page: Promise<Page>;
  readonly #received = new EventEmitter<unknown>();
  readonly #disposed = new EventEmitter();
  readonly #visibility = new EventEmitter();
  #theme: ViewTheme;
  #classes: string[] = [];
  /** Resolves once all that was posted has left. */
  #sent: Promise<unknown>;
  visible = true;
  active = true;
  /** What a panel is called. */
  title = '';
  readonly onDidDispose = this.#disposed.event;
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly onDidChangeViewState = this.#visibility.event;
  readonly webview: object;

  constructor(opened: Promise<Page>, server: PageServer, theme: ViewTheme, classes: string[]) {
    this.#page = opened;
    this.#theme = theme;
    this.#classes = classes;
    this.#sent = this.#connect();
    const draw = (html: string): void =>
      void this.#inTurn(async () => (await opened).goto(server.show(this.#dressed(html))));
    this.webview = {
      options: {},
      cspSource: server.origin,
      asWebviewUri: (uri: Uri) => server.origin + uri.path.slice(join(projectRoot, 'dist').length),
      onDidReceiveMessage: this.#received.event,
      postMessage: (message: unknown) => this.#post(message),
      set html(html: string) {
        draw(html);
      },
    };
  }

  /** Another theme, or less motion. */
  async dress(theme: ViewTheme, classes: string[]): Promise<void> {
    this.#theme = theme;
    this.#classes = classes;
    await (
      await this.#page
    ).evaluate(
      `{
        const { body, variables } = ${JSON.stringify(theme)};
        document.body.className = ${JSON.stringify([theme.body.className, ...classes].join(' '))};
        Object.assign(document.body.dataset, { vscodeThemeKind: body.kind, vscodeThemeName: body.id, vscodeThemeId: body.id });
        const { style } = document.documentElement;
        for (const name of [...style].filter(name => name.startsWith('--vscode-'))) style.removeProperty(name);
        for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
      }`,
    );
  }

  /** Resolves once the page has drawn all that the host has posted so far. */
  async drawn(): Promise<void> {
    await this.#sent;
    await (await this.#page).evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  reveal(): void {
    this.#page.then(page => page.bringToFront()).catch(() => undefined);
  }

  dispose(): void {
    if (!this.visible) return;
    this.visible = false;
    this.#disposed.fire();
    this.#page.then(page => page.close()).catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const page = await this.#page;
    await page.exposeBinding('postToHost', (_, message: unknown) => this.#received.fire(message));
  }

  async #post(message: unknown): Promise<boolean> {
    const post = (posted: unknown): void => postMessage(posted, origin);
    return this.#inTurn(async () => (await this.#page).evaluate(post, message)).then(
      () => true,
      () => false,
    );
  }

  /** What is posted arrives in its order, in the page that was drawn last. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#sent.then(work);
    this.#sent = done.catch(() => undefined);
    return done;
  }

  #dressed(html: string): string {
    const { styles, body, variables } = this.#theme;
    const inline = Object.entries(variables).map(([name, value]) => `${name}: ${value}`);
    const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return html
      .replace('<html ', `<html style="${attribute(inline.join('; '))}" `)
      .replace('<head>', `<head><style id="_defaultStyles">${styles}</style><script>${api}</script>`)
      .replace(
        '<body>',
        `<body class="${[body.className, ...this.#classes].join(' ')}" data-vscode-theme-kind="${body.kind}" ` +
          `data-vscode-theme-name="${body.id}" data-vscode-theme-id="${body.id}">`,
      );
  }
}

/** What the editor gives a page. */
const api = `{
  let isTaken = false;
  globalThis.acquireVsCodeApi = () => {
    if (isTaken) throw new Error('An instance of the VS Code API has already been acquired');
    isTaken = true;
    return {
      postMessage: message => { void postToHost(message); },
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: state => (sessionStorage.setItem('state', JSON.stringify(state)), state),
    };
  };
}`;
