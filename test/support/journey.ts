import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../demo/editor/browser.ts';
import { ensureEditor } from '../../demo/editor/install.ts';
import { projectRoot, resultsFolder } from '../../demo/editor/project.ts';
import { type EditorServer, startEditor } from '../../demo/editor/server.ts';
import { cleanSettings } from '../../demo/editor/settings.ts';
import { type DemoEndpoint, startDemoEndpoint } from '../../demo/endpoint/server.ts';
import { makeWorkspace } from '../../demo/editor/makeWorkspace.ts';
import { Workbench } from './workbench.ts';

export interface JourneyOptions {
  settings?: Record<string, unknown>;
  /** Of the extension host; `MARGINALIA_API_KEY` is a working one unless it is taken away with undefined. */
  env?: Record<string, string | undefined>;
  /** Milliseconds between the pieces of an answer, or `instant`. */
  pace?: 'human' | 'instant' | number;
}

export interface Journey {
  workbench: Workbench;
  endpoint: DemoEndpoint;
  context: BrowserContext;
  /** Everything that the editor keeps on disk. */
  profile: string;
  /** A copy of the sample workspace, its changes not committed. */
  workspace: string;
}

const journeySettings: Record<string, unknown> = {
  ...cleanSettings,
  // What a terminal shows stands in the document then, and can be waited for.
  'terminal.integrated.gpuAcceleration': 'off',
};

/** The key that the extension host finds in its environment. */
export const environmentKey = 'demo-environment-key';

/**
 * Journeys of one file: one served editor with a fresh profile for all of them; a fresh folder, window and list of
 * requests for each. A failing one leaves a screenshot and the logs in `test-results/journeys`.
 */
export function journeys(options: JourneyOptions = {}) {
  const shared: { editor?: EditorServer; browser?: Browser; endpoint?: DemoEndpoint; folder?: string } = {};

  before(async () => {
    shared.folder = await mkdtemp(join(tmpdir(), 'marginalia-journey-'));
    shared.endpoint = await startDemoEndpoint({ pace: options.pace ?? 'instant' });
    shared.editor = await startEditor({
      editor: await ensureEditor(line => console.log(line)),
      profile: join(shared.folder, 'profile'),
      settings: { ...journeySettings, 'marginalia.baseUrl': shared.endpoint.baseUrl, ...options.settings },
      env: { MARGINALIA_API_KEY: environmentKey, ...options.env },
    });
    shared.browser = await launchBrowser();
  });

  after(async () => {
    await shared.browser?.close();
    await shared.editor?.close();
    await shared.endpoint?.close();
    if (shared.folder) await rm(shared.folder, { recursive: true, force: true, maxRetries: 5 });
  });

  return (name: string, run: (journey: Journey) => Promise<void>): void => {
    test(name, { timeout: 180_000 }, async () => {
      const { editor, browser, endpoint, folder } = shared;
      if (!editor || !browser || !endpoint || !folder) throw new Error('The editor did not start.');
      endpoint.faults.clear();
      endpoint.requests.length = 0;
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const page = await context.newPage();
      const output: string[] = [];
      page.on('console', message => output.push(`[${message.type()}] ${message.text()}`));
      // A folder of its own is a window of its own: the editor remembers the open conversation by folder.
      const workspace = await mkdtemp(join(folder, 'workspace-'));
      await makeWorkspace(workspace);
      try {
        await page.goto(editor.url({ folder: workspace, extensionPath: projectRoot }));
        const workbench = new Workbench(page);
        await workbench.ready();
        await within(150_000, run({ workbench, endpoint, context, profile: join(folder, 'profile'), workspace }));
      } catch (error) {
        const results = join(resultsFolder, 'journeys', name.replace(/[^\w-]+/g, '-').slice(0, 80));
        await mkdir(results, { recursive: true });
        await page.screenshot({ path: join(results, 'screen.png') });
        await writeFile(join(results, 'console.log'), output.join('\n'));
        await writeFile(join(results, 'server.log'), await readFile(editor.logFile, 'utf8'));
        throw error;
      } finally {
        await context.close();
      }
    });
  };
}

/** Fails before the test runner's own limit does, which would end the test without a screenshot. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not finished after ${milliseconds / 1000} s.`)), milliseconds);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
