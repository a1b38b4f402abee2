import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../harness/editor/project.ts';
import { toView, type TurnRecord } from '../../src/core/conversation/turns.ts';
import { ViewLink } from '../../src/host/places/viewLink.ts';
import type { ViewMessage } from '../../src/shared/protocol/viewMessage.ts';

const origin = 'http://view.test';
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** The built view in a page that holds nothing else, so that its heap is the view's; a host knows one conversation. */
export async function openStandalone(browser: Browser, turns: readonly TurnRecord[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 420, height: 800 } });
  const link = new ViewLink();
  await page.route(`${origin}/**`, async route => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/') return route.fulfill({ contentType: 'text/html', body: html });
    // The styles name the font where they lie; the page of the editor puts its address there.
    const place = path.endsWith('.ttf') ? '/codicons/codicon.ttf' : path;
    const body = await readFile(join(projectRoot, 'dist', place));
    return route.fulfill({ contentType: types[extname(path)] ?? 'application/octet-stream', body });
  });
  await page.exposeFunction('postToHost', (message: ViewMessage) => {
    if (message.type === 'moreTurns') link.earlierTurns();
    if (message.type !== 'ready') return;
    link.connect(sent => void page.evaluate(`postMessage(${JSON.stringify(sent)}, '*')`));
    link.snapshot({
      conversation: { id: 'c', title: '', parameters: {}, turns: turns.map(toView), siblings: {} },
      connection: { origin: 'https://example.com', model: 'm', key: 'stored' },
      draft: '',
      attachments: [],
      queue: [],
    });
  });
  await page.goto(origin);
  return page;
}

const html = `<!doctype html><html lang="en"><meta charset="utf-8">
<link rel="stylesheet" href="/webview/view.css">
<style>:root{--vscode-foreground:#ccc;--vscode-font-size:13px;--vscode-font-family:sans-serif;
--vscode-editor-font-family:monospace;--vscode-editor-font-size:12px}</style>
<body><div id="app"></div><script type="application/json" id="l10n">{}</script>
<script>acquireVsCodeApi = () => ({ postMessage: m => postToHost(m), getState: () => null, setState: s => s });</script>
<script type="module" src="/webview/main.js"></script></body></html>`;
