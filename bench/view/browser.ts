import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join, normalize } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../../harness/editor/browser.ts';

/** A page with one contestant on it, and what the browser counts of it. */
export interface MeasuredPage {
  page: Page;
  /** Seconds of the main thread since the page began, and bytes of its heap after a collection. */
  counters: () => Promise<Counters>;
  /** The longest task of the main thread while `run` runs, in milliseconds. */
  longestTaskMs: (run: () => Promise<void>) => Promise<number>;
  close: () => Promise<void>;
}

export interface Counters {
  taskSeconds: number;
  heapBytes: number;
}

export class Bench {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #origin: string;

  private constructor(browser: Browser, server: Server, origin: string) {
    this.#browser = browser;
    this.#server = server;
    this.#origin = origin;
  }

  /** Serves the bundles in `folder`. */
  static async start(folder: string): Promise<Bench> {
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
      if (path === '/') {
        response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="stylesheet" href="/view.css">');
        return;
      }
      readFile(join(folder, path)).then(
        content =>
          response.setHeader('content-type', path.endsWith('.css') ? 'text/css' : 'text/javascript').end(content),
        () => response.writeHead(404).end(),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return new Bench(await launchBrowser(line => console.error(line)), server, `http://127.0.0.1:${port}`);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }

  /** A fresh page of the size of a side bar. */
  async open(contestant: string): Promise<MeasuredPage> {
    const context = await this.#browser.newContext({ viewport: { width: 420, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.goto(this.#origin);
    await page.addStyleTag({ content: themeOfThePage });
    for (const script of ['drive', `contestants/${contestant}`]) {
      await page.addScriptTag({ url: `${this.#origin}/${script}.js`, type: 'module' });
    }
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return {
      page,
      counters: () => readCounters(session),
      longestTaskMs: run => longestTaskMs(this.#browser, page, run),
      close: () => context.close(),
    };
  }
}

/** What the editor gives a view: colours, fonts, and a box that scrolls. */
const themeOfThePage = `
  :root { --vscode-font-size: 13px; --vscode-editor-font-size: 12px; --vscode-editor-background: #1f1f1f;
    --vscode-editor-foreground: #ccc; --vscode-foreground: #ccc; --vscode-panel-border: #2b2b2b; }
  body { background: #181818; }
  .scroller { height: 100vh; overflow-y: auto; padding: 12px; }`;

async function readCounters(session: CDPSession): Promise<Counters> {
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find(metric => metric.name === name)?.value ?? NaN;
  const taskSeconds = value('TaskDuration');
  await session.send('HeapProfiler.collectGarbage');
  const after = (await session.send('Performance.getMetrics')).metrics;
  return { taskSeconds, heapBytes: after.find(metric => metric.name === 'JSHeapUsedSize')?.value ?? NaN };
}

interface TraceEvent {
  name: string;
  ph: string;
  tid: number;
  pid: number;
  /** Microseconds. */
  dur?: number;
  args?: { name?: string };
}

async function longestTaskMs(browser: Browser, page: Page, run: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  let trace: Buffer;
  try {
    await run();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(event => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = traceEvents.filter(
    event => /RunTask$/.test(event.name) && event.ph === 'X' && mains.has(`${event.pid}/${event.tid}`),
  );
  return Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1000));
}
