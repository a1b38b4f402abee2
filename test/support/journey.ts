import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../harness/editor/browser.ts';
import { projectRoot, resultsFolder } from '../../harness/editor/project.ts';
import type { PaceOption } from '../../harness/endpoint/pace.ts';
import { type DemoEndpoint, startDemoEndpoint } from '../../harness/endpoint/server.ts';
import type { Language } from '../../scripts/l10n/languages.ts';
import { Desk, type DeskOptions } from './desk.ts';
import { annotateProcessor } from './processorTime.ts';
import { patience } from '../../harness/drive/eventually.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';

interface JourneyOptions {
  /** The user's settings, over those of every journey. */
  settings: Record<string, unknown>;
  /** Of the extension host; `MARGINALIA_API_KEY` is a working one unless it is taken away with undefined. */
  env: Record<string, string | undefined>;
  pace: PaceOption;
  /**
   * A window is kept from journey to journey, with a new conversation and clean settings for each; also for those with
   * an environment or a language of their own, as long as one with the same comes next. What the editor and the
   * extension remember beyond a conversation, such as history and usage, is there for the next journey, as it is for a
   * person. A new user is for a journey that needs an empty memory, or breaks what others would go on using.
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

interface OwnParts {
  desk: Desk;
  /** The whole journey, for what several do. */
  stage: Journey;
  /** One more endpoint, which the settings name from now on: nothing is remembered of its origin. */
  newOrigin: DemoEndpoint;
}

interface WorkerParts {
  /** The browser of all journeys of this process. */
  chromium: Browser;
  desks: KeptDesks;
}

/** The key that the extension host finds in its environment. */
export const environmentKey = 'demo-environment-key';

/** A proxy of this machine would answer for the endpoints that are not there. */
const noProxy = { HTTP_PROXY: undefined, HTTPS_PROXY: undefined, http_proxy: undefined, https_proxy: undefined };

/** How many times its patience with a single thing a whole journey may take. */
export const patienceOfJourney = 8;

/**
 * A journey through the served editor. One that fails leaves a screenshot and the logs in `test-results/journeys`, and
 * the next one begins with another window.
 */
export const journey = test.extend<JourneyOptions & Journey & OwnParts, WorkerParts>({
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

  desks: [
    async ({ chromium }, use) => {
      const desks = new KeptDesks(chromium);
      await use(desks);
      await desks.close();
    },
    { scope: 'worker' },
  ],

  desk: async ({ user, chromium, desks, settings, env, pace, extensionPath, language }, use, info) => {
    const annotate = annotateProcessor(info);
    const kind = { env, extensionPath, language };
    const desk =
      user === 'kept' ? await desks.clean(kind, settings) : await openDesk({ browser: chromium, settings, ...kind });
    desk.endpoint.pace = pace;
    info.setTimeout(patienceOfJourney * patience);
    await use(desk);
    if (info.status !== info.expectedStatus) await leaveTraces(desk, info.title);
    if (user === 'new') await desk.close();
    annotate();
  },

  workbench: async ({ desk }, use) => use(desk.workbench),
  endpoint: async ({ desk }, use) => use(desk.endpoint),
  context: async ({ desk }, use) => use(desk.context),
  profile: async ({ desk }, use) => use(desk.profile),
  workspace: async ({ desk }, use) => use(desk.workspace),
  changeSettings: async ({ desk }, use) => use(settings => desk.changeSettings(settings)),
  newOrigin: async ({ desk, pace }, use) => {
    const endpoint = await startDemoEndpoint();
    endpoint.pace = pace;
    await desk.changeSettings({ 'marginalia.baseUrl': endpoint.baseUrl });
    await use(endpoint);
    await endpoint.close();
  },
  stage: async ({ workbench, endpoint, context, profile, workspace, changeSettings }, use) =>
    use({ workbench, endpoint, context, profile, workspace, changeSettings }),
});

/** The same with a user of its own, who knows nothing yet. */
export const journeyOfNewUser = journey.extend({ user: 'new' });

/** The desks of one process whose windows are kept: the usual one, and beside it the one of another kind that was used last. */
class KeptDesks {
  readonly #browser: Browser;
  #usual: Desk | undefined;
  #other: { key: string; desk: Desk } | undefined;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** A desk of this kind, cleared from what the last journey has left. */
  async clean(kind: DeskKind, settings: Record<string, unknown>): Promise<Desk> {
    const key = JSON.stringify([Object.entries(kind.env).map(String), kind.extensionPath, kind.language]);
    const kept = key === usualKey ? this.#usual : this.#other?.key === key ? this.#other.desk : undefined;
    if (kept) {
      await kept.clear(settings);
      return kept;
    }
    const desk = await openDesk({ browser: this.#browser, settings, ...kind });
    if (key === usualKey) this.#usual = desk;
    else {
      await this.#other?.desk.close();
      this.#other = { key, desk };
    }
    return desk;
  }

  async close(): Promise<void> {
    await this.#usual?.close();
    await this.#other?.desk.close();
  }
}

type DeskKind = Required<Pick<DeskOptions, 'env' | 'extensionPath' | 'language'>>;

const usualKey = JSON.stringify([[], projectRoot, 'en']);

async function openDesk({ env, ...options }: DeskOptions): Promise<Desk> {
  const desk = await Desk.set({ ...options, env: { ...noProxy, MARGINALIA_API_KEY: environmentKey, ...env } });
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
