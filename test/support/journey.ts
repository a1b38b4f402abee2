import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../demo/editor/browser.ts';
import { resultsFolder } from '../../demo/editor/project.ts';
import type { PaceOption } from '../../demo/endpoint/pace.ts';
import type { DemoEndpoint } from '../../demo/endpoint/server.ts';
import { Desk } from './desk.ts';
import { patience } from './eventually.ts';
import { Workbench } from './workbench.ts';

interface JourneyOptions {
  /** The user's settings, over those of every journey. */
  settings: Record<string, unknown>;
  /** Of the extension host; `MARGINALIA_API_KEY` is a working one unless it is taken away with undefined. */
  env: Record<string, string | undefined>;
  pace: PaceOption;
  /**
   * A window is kept from journey to journey, with a new conversation and clean settings for each. A new user is for a
   * journey about what the editor or the extension remembers beyond a conversation: memories, history, usage, keys.
   */
  user: 'kept' | 'new';
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

interface WorkerParts {
  /** The browser of all journeys of this process. */
  chromium: Browser;
  /** Sets the desk whose window is kept, or clears it from what the last journey has left. */
  keptDesk: (settings: Record<string, unknown>) => Promise<Desk>;
}

/** The key that the extension host finds in its environment. */
export const environmentKey = 'demo-environment-key';

/** How many times its patience with a single thing a whole journey may take. */
const patienceOfJourney = 8;

/**
 * A journey through the served editor. One that fails leaves a screenshot and the logs in `test-results/journeys`, and
 * the next one begins with another window.
 */
export const journey = test.extend<JourneyOptions & Journey & { desk: Desk }, WorkerParts>({
  settings: [{}, { option: true }],
  env: [{}, { option: true }],
  pace: ['instant', { option: true }],
  user: ['kept', { option: true }],

  chromium: [
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  keptDesk: [
    async ({ chromium }, use) => {
      let desk: Desk | undefined;
      await use(async settings => {
        if (desk) await desk.clear(settings);
        else desk = await openDesk(chromium, settings, {});
        return desk;
      });
      await desk?.close();
    },
    { scope: 'worker' },
  ],

  desk: async ({ user, chromium, keptDesk, settings, env, pace }, use, info) => {
    const kept = user === 'kept' && Object.keys(env).length === 0;
    const desk = kept ? await keptDesk(settings) : await openDesk(chromium, settings, env);
    desk.endpoint.pace = pace;
    info.setTimeout(patienceOfJourney * patience);
    await use(desk);
    if (info.status !== info.expectedStatus) await leaveTraces(desk, info.title);
    if (!kept) await desk.close();
  },

  workbench: async ({ desk }, use) => use(new Workbench(desk.page)),
  endpoint: async ({ desk }, use) => use(desk.endpoint),
  context: async ({ desk }, use) => use(desk.context),
  profile: async ({ desk }, use) => use(desk.profile),
  workspace: async ({ desk }, use) => use(desk.workspace),
});

async function openDesk(
  browser: Browser,
  settings: Record<string, unknown>,
  env: Record<string, string | undefined>,
): Promise<Desk> {
  const desk = await Desk.set({ browser, settings, env: { MARGINALIA_API_KEY: environmentKey, ...env } });
  try {
    await desk.open();
    return desk;
  } catch (error) {
    await leaveTraces(desk, 'the window does not open');
    await desk.close();
    throw error;
  }
}

async function leaveTraces(desk: Desk, name: string): Promise<void> {
  const results = join(resultsFolder, 'journeys', name.replace(/[^\w-]+/g, '-').slice(0, 80));
  await mkdir(results, { recursive: true });
  // A journey may have opened other windows, or closed its own; the last one is what it was at.
  await desk.context
    .pages()
    .at(-1)
    ?.screenshot({ path: join(results, 'screen.png') });
  await writeFile(join(results, 'console.log'), desk.output.join('\n'));
  await writeFile(join(results, 'server.log'), await desk.log);
}
