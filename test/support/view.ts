import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../harness/editor/browser.ts';
import { projectRoot, resultsFolder } from '../../harness/editor/project.ts';
import { patience } from '../../harness/drive/eventually.ts';
import type { PaceOption } from '../../harness/endpoint/pace.ts';
import { type DemoEndpoint, startDemoEndpoint } from '../../harness/endpoint/server.ts';
import type { Language } from '../../scripts/l10n/languages.ts';
import { BareWorkbench } from './bareEditor/bareWorkbench.ts';
import { PageServer } from './bareEditor/barePage.ts';
import { sampleWorkspace } from './bareEditor/document.ts';
import { unasked } from '../../harness/editor/settings.ts';
import { environmentKey, patienceOfJourney } from './journey.ts';
import { annotateProcessor } from './processorTime.ts';

interface ViewOptions {
  /** The user's settings, over the manifest's defaults. */
  settings: Record<string, unknown>;
  pace: PaceOption;
  language: Language | 'en';
}

/** What a test of the view has, by the names that it has in a journey. */
export interface ViewStage {
  workbench: BareWorkbench;
  endpoint: DemoEndpoint;
  context: BrowserContext;
  /** What is stored is below it, as in an editor's profile. */
  profile: string;
  /** Opens another window of the same user. */
  openWindow: () => BareWorkbench;
  changeSettings: (settings: Record<string, unknown>) => Promise<void>;
}

interface OwnParts {
  stage: ViewStage;
  /** A copy of the sample workspace, with nothing of git: for tests that put files there. */
  workspace: string;
}

interface WorkerParts {
  room: { context: BrowserContext; server: PageServer; endpoint: DemoEndpoint };
}

/** Of the side bar beside an editor, as it opens. */
const viewport = { width: 289, height: 699 };

/**
 * A test of the chat's view in a page of a browser, without an editor around it: all else is the product as it is built,
 * from the view to the endpoint. Every test is a new user.
 */
export const view = test.extend<ViewOptions & ViewStage & OwnParts, WorkerParts>({
  settings: [{}, { option: true }],
  pace: ['instant', { option: true }],
  language: ['en', { option: true }],

  room: [
    async ({}, use) => {
      process.env['MARGINALIA_API_KEY'] = environmentKey;
      // A proxy of this machine would answer for the endpoints that are not there.
      delete process.env['HTTP_PROXY'];
      delete process.env['HTTPS_PROXY'];
      delete process.env['http_proxy'];
      delete process.env['https_proxy'];
      const [browser, server, endpoint] = await Promise.all([launchBrowser(), PageServer.start(), startDemoEndpoint()]);
      const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
      context.setDefaultTimeout(patience);
      await use({ context, server, endpoint });
      await browser.close();
      server.close();
      await endpoint.close();
    },
    { scope: 'worker' },
  ],

  context: async ({ room }, use) => use(room.context),

  endpoint: async ({ room: { endpoint }, pace }, use) => {
    endpoint.faults.clear();
    endpoint.requests.length = 0;
    endpoint.pace = pace;
    await use(endpoint);
  },

  profile: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'marginalia-view-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  workspace: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'marginalia-workspace-'));
    // The folder's name is in what is sent.
    const workspace = join(folder, 'workspace');
    await cp(sampleWorkspace, workspace, { recursive: true });
    await use(workspace);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  workbench: async ({ room: { context, server }, endpoint, profile, settings, language }, use, info) => {
    info.setTimeout(patienceOfJourney * patience);
    const annotate = annotateProcessor(info);
    const workbench = new BareWorkbench({
      context,
      server,
      folder: profile,
      settings: { 'marginalia.baseUrl': endpoint.baseUrl, ...unasked, ...settings },
      language,
      translations: language === 'en' ? {} : translationsOf(language),
    });
    await use(workbench);
    if (info.status !== info.expectedStatus && workbench.isOpen) await leaveTraces(workbench, info.title);
    await workbench.close();
    annotate();
  },

  openWindow: async ({ room: { context, server }, endpoint, profile, settings }, use) => {
    const opened: BareWorkbench[] = [];
    await use(() => {
      const workbench = new BareWorkbench({
        context,
        server,
        folder: profile,
        settings: { 'marginalia.baseUrl': endpoint.baseUrl, ...unasked, ...settings },
        language: 'en',
        translations: {},
      });
      opened.push(workbench);
      return workbench;
    });
    for (const workbench of opened) await workbench.close();
  },

  changeSettings: async ({ workbench }, use) => use(settings => workbench.changeSettings(settings)),
  stage: async ({ workbench, endpoint, context, profile, openWindow, changeSettings }, use) =>
    use({ workbench, endpoint, context, profile, openWindow, changeSettings }),
});

function translationsOf(language: Language): Record<string, string> {
  return JSON.parse(readFileSync(join(projectRoot, `l10n/bundle.l10n.${language}.json`), 'utf8')) as Record<
    string,
    string
  >;
}

async function leaveTraces({ page, editor }: BareWorkbench, name: string): Promise<void> {
  const results = join(resultsFolder, 'view', name.replace(/[^\w-]+/g, '-').slice(0, 80));
  await mkdir(results, { recursive: true });
  await page.screenshot({ path: join(results, 'screen.png') });
  await writeFile(join(results, 'console.log'), editor.log.join('\n'));
}
