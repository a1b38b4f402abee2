import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual, promisify } from 'node:util';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { ensureEditor } from '../../harness/editor/install.ts';
import { installInProfile } from '../../harness/editor/installInProfile.ts';
import { makeWorkspace } from '../../harness/editor/makeWorkspace.ts';
import { projectRoot } from '../../harness/editor/project.ts';
import { type EditorServer, settingsFile, startEditor } from '../../harness/editor/server.ts';
import { cleanSettings, unasked } from '../../harness/editor/settings.ts';
import { type DemoEndpoint, startDemoEndpoint } from '../../harness/endpoint/server.ts';
import { Companions } from './companion.ts';
import { eventually, measuredStart, patience } from '../../harness/drive/eventually.ts';
import { inLanguage } from '../../harness/drive/inLanguage.ts';
import { Wording } from '../../harness/drive/wording.ts';
import { Workbench } from '../../harness/drive/workbench.ts';
import type { Language } from '../../scripts/l10n/languages.ts';

export interface DeskOptions {
  browser: Browser;
  /** Of the extension host; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** The user's, over those of every journey. */
  settings?: Record<string, unknown>;
  /** The folder of the extension, where it is not the project's own. */
  extensionPath?: string;
  /** Display language. Everything is looked for by its English words all the same. */
  language?: Language | 'en';
}

type Settings = Record<string, unknown>;

/** One user: an editor with a profile of its own, an endpoint, and a window with a folder. */
export class Desk {
  readonly endpoint: DemoEndpoint;
  /** Everything that the editor keeps on disk. */
  readonly profile: string;
  /** A copy of the sample workspace, its changes not committed. */
  readonly workspace: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly workbench: Workbench;
  /** What the window has written to its console since the journey began. */
  readonly output: string[] = [];
  readonly #editor: EditorServer;
  readonly #companions: Companions;
  readonly #folder: string;
  readonly #extensionPath: string;

  static async set({ language = 'en', ...options }: DeskOptions): Promise<Desk> {
    const folder = await mkdtemp(join(tmpdir(), 'marginalia-journey-'));
    const workspace = join(folder, 'workspace');
    const profile = join(folder, 'profile');
    const [endpoint, companions] = await Promise.all([
      startDemoEndpoint(),
      Companions.listen(),
      makeWorkspace(workspace),
    ]);
    // Not loaded from its folder: of several folders the server takes one.
    await installInProfile(profile, join(projectRoot, 'dist/test/companion'));
    const editor = await startEditor({
      editor: await ensureEditor(line => console.log(line)),
      profile,
      settings: allSettings(endpoint, options.settings),
      ...(language !== 'en' && { locale: language }),
      env: { MARGINALIA_COMPANION_PORT: String(companions.port), ...options.env },
    });
    const context = await options.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    return new Desk({
      endpoint,
      profile,
      workspace,
      context,
      page,
      workbench: new Workbench(language === 'en' ? page : inLanguage(page, new Wording(language))),
      editor,
      companions,
      folder,
      extensionPath: options.extensionPath ?? projectRoot,
    });
  }

  private constructor(parts: {
    endpoint: DemoEndpoint;
    profile: string;
    workspace: string;
    context: BrowserContext;
    page: Page;
    workbench: Workbench;
    editor: EditorServer;
    companions: Companions;
    folder: string;
    extensionPath: string;
  }) {
    this.endpoint = parts.endpoint;
    this.profile = parts.profile;
    this.workspace = parts.workspace;
    this.context = parts.context;
    this.page = parts.page;
    this.workbench = parts.workbench;
    this.#editor = parts.editor;
    this.#companions = parts.companions;
    this.#folder = parts.folder;
    this.#extensionPath = parts.extensionPath;
    this.page.on('console', message => this.output.push(`[${message.type()}] ${message.text()}`));
  }

  /** What the editor's server has printed. */
  get log(): Promise<string> {
    return readFile(this.#editor.logFile, 'utf8');
  }

  /** Loads the window, and waits until commands reach the extension host. Every limit of this run is a multiple of the time that this takes. */
  async open(): Promise<void> {
    const startedAt = performance.now();
    await this.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.goto(this.#editor.url({ folder: this.workspace, extensionPath: this.#extensionPath }));
    await this.workbench.ready();
    await this.#companions.connected(this.workspace);
    measuredStart(performance.now() - startedAt);
    this.context.setDefaultTimeout(patience);
  }

  /** Brings the window, its folder, the user's settings and the endpoint back to their start. */
  async clear(settings: Settings): Promise<void> {
    const others = this.context.pages().filter(page => page !== this.page);
    await Promise.all(others.map(page => page.close()));
    this.output.length = 0;
    this.endpoint.faults.clear();
    await this.#companions.order(this.workspace, { kind: 'close' });
    // What settings and files are, git and the new page may find out at the same time.
    await Promise.all([this.#restoreSettings(settings).then(() => this.#beginAnew()), this.#restoreFiles()]);
    await this.#companions.order(this.workspace, { kind: 'settle' });
    this.endpoint.requests.length = 0;
  }

  async #restoreSettings(settings: Settings): Promise<void> {
    await this.changeSettings(await this.#changesTo(allSettings(this.endpoint, settings)));
  }

  async #restoreFiles(): Promise<void> {
    await restoreWorkspace(this.workspace);
    await this.#companions.order(this.workspace, { kind: 'refresh' });
  }

  /** A conversation that nobody knows, in a page that knows nothing. */
  async #beginAnew(): Promise<void> {
    // So that a page that is about to go is not taken for the one that comes.
    const mark = (frame: Frame): Promise<unknown> => frame.evaluate('globalThis.isOld = true').catch(() => undefined);
    await Promise.all(this.page.frames().map(mark));
    await this.#companions.order(this.workspace, { kind: 'begin' });
    await eventually(async () => {
      const { frame } = await this.workbench.chat();
      if (await frame.evaluate('globalThis.isOld === true')) throw new Error('The chat has not been loaded anew.');
      // After a while without pages the editor loads the first one twice.
      await sleep(200);
      if (frame.isDetached()) throw new Error('The chat is being loaded once more.');
    });
  }

  /** Changes the user's settings in the window at once; null takes one away. */
  async changeSettings(settings: Settings): Promise<void> {
    await this.#companions.order(this.workspace, { kind: 'change', settings });
  }

  async close(): Promise<void> {
    await this.context.close();
    this.#companions.close();
    await this.#editor.close();
    await this.endpoint.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** What has to change in the user's settings to make them these; null is for what has to go. */
  async #changesTo(wanted: Settings): Promise<Settings> {
    const current = JSON.parse(await readFile(settingsFile(this.profile), 'utf8')) as Settings;
    const gone = Object.keys(current).filter(key => !(key in wanted));
    const changed = Object.entries(wanted).filter(([key, value]) => !isDeepStrictEqual(current[key], value));
    return Object.fromEntries([...gone.map(key => [key, null]), ...changed]) as Settings;
  }
}

function allSettings(endpoint: DemoEndpoint, settings: Settings = {}): Settings {
  return {
    ...cleanSettings,
    // What a terminal shows stands in the document then, and can be waited for.
    'terminal.integrated.gpuAcceleration': 'off',
    // A file opens at its start, whatever a journey before has selected in it.
    'workbench.editor.restoreViewState': false,
    'typescript.tsserver.useSyntaxServer': 'never',

    'typescript.disableAutomaticTypeAcquisition': true,
    'marginalia.baseUrl': endpoint.baseUrl,
    ...unasked,
    ...settings,
  };
}

const run = promisify(execFile);

async function restoreWorkspace(folder: string): Promise<void> {
  await run('git', ['checkout', '--quiet', '--force', '-B', 'main', (await firstCommit(folder)).trim(), '--'], {
    cwd: folder,
  });
  await run('git', ['clean', '--quiet', '--force', '-dx'], { cwd: folder });
  await cp(join(projectRoot, 'harness/changes'), folder, { recursive: true });
}

async function firstCommit(folder: string): Promise<string> {
  return (await run('git', ['rev-list', '--max-parents=0', 'main'], { cwd: folder })).stdout;
}
