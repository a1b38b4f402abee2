import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../harness/editor/browser.ts';
import { projectRoot, resultsFolder } from '../../harness/editor/project.ts';
import type { PaceOption } from '../../harness/endpoint/pace.ts';
import type { DemoEndpoint } from '../../harness/endpoint/server.ts';
import type { Language } from '../../scripts/l10n/languages.ts';
import { Desk, type DeskOptions } from './desk.ts';
import { patience } from '../../harness/drive/eventually.ts';
import { inLanguage } from '../../harness/drive/inLanguage.ts';
import { Wording } from '../../harness/drive/wording.ts';
import { Workbench } from '../../harness/drive/workbench.ts';

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
  /** The folder of the extension, where it is not the project's own. */
  extensionPath: string;
  /** Display language. Journeys look for everything by its English words all the same. */
  language: Language | 'en';
}

export interface Journey {
  workbench: Workbench;
  endpoint: DemoEndpoint;
  context: BrowserContext;
  /** Everything that the editor keeps on disk. */
  profile: string;
  /** A copy of the sample workspace, its changes not committed. */
  workspace: string;
  /** Changes the user's settings in the open window. */
  changeSettings: (settings: Record<string, unknown>) => Promise<void>;
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
export const journey = test.extend<JourneyOptions & Journey & { desk: Desk; stage: Journey }, WorkerParts>({
  settings: [{}, { option: true }],
  env: [{}, { option: true }],
  pace: ['instant', { option: true }],
  user: ['kept', { option: true }],
  extensionPath: [projectRoot, { option: true }],
  language: ['en', { option: true }],

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
        else desk = await openDesk({ browser: chromium, settings });
        return desk;
      });
      await desk?.close();
    },
    { scope: 'worker' },
  ],

  desk: async ({ user, chromium, keptDesk, settings, env, pace, extensionPath, language }, use, info) => {
    const special = Object.keys(env).length > 0 || extensionPath !== projectRoot || language !== 'en';
    const kept = user === 'kept' && !special;
    const desk = kept
      ? await keptDesk(settings)
      : await openDesk({ browser: chromium, settings, env, extensionPath, locale: language });
    desk.endpoint.pace = pace;
    info.setTimeout(patienceOfJourney * patience);
    await use(desk);
    if (info.status !== info.expectedStatus) await leaveTraces(desk, info.title);
    if (!kept) await desk.close();
  },

  workbench: async ({ desk, language }, use) =>
    use(new Workbench(language === 'en' ? desk.page : inLanguage(desk.page, new Wording(language)))),
  endpoint: async ({ desk }, use) => use(desk.endpoint),
  context: async ({ desk }, use) => use(desk.context),
  profile: async ({ desk }, use) => use(desk.profile),
  workspace: async ({ desk }, use) => use(desk.workspace),
  changeSettings: async ({ desk }, use) => use(settings => desk.changeSettings(settings)),
  // All of it, for what several journeys do.
  stage: async ({ workbench, endpoint, context, profile, workspace, changeSettings }, use) =>
    use({ workbench, endpoint, context, profile, workspace, changeSettings }),
});

/** The same with a user of its own, who knows nothing yet. */
export const journeyOfNewUser = journey.extend({ user: 'new' });

async function openDesk({ env, ...options }: DeskOptions): Promise<Desk> {
  const desk = await Desk.set({ ...options, env: { MARGINALIA_API_KEY: environmentKey, ...env } });
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
