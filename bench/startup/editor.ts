import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../harness/editor/browser.ts';
import { build } from '../../harness/editor/build.ts';
import { ensureEditor } from '../../harness/editor/install.ts';
import { installInProfile } from '../../harness/editor/installInProfile.ts';
import { makeWorkspace } from '../../harness/editor/makeWorkspace.ts';
import { projectRoot } from '../../harness/editor/project.ts';
import { startEditor } from '../../harness/editor/server.ts';
import { cleanSettings } from '../../harness/editor/settings.ts';
import { Workbench } from '../../harness/drive/workbench.ts';

const extensions = fileURLToPath(new URL('extensions', import.meta.url));

/** A real editor with the built extension, and the two that it is measured with. */
export interface BenchEditor {
  browser: Browser;
  /** Where the extension lies as it ships: minified. */
  extension: string;
  /** A new window in place of the last one, once all that starts with it is done. */
  openWindow(): Promise<BenchWindow>;
  close(): Promise<void>;
}

export interface BenchWindow {
  page: Page;
  workbench: Workbench;
  /** Has the probe do something inside the extension host. */
  ask<Result>(action: string, argument?: string): Promise<Result>;
}

export interface BenchEditorOptions {
  /** Beside those of every measurement. */
  settings?: Record<string, unknown>;
  /** Puts things into the profile before the editor starts. */
  prepare?: (profile: string) => void;
}

export async function startBenchEditor({ settings, prepare }: BenchEditorOptions = {}): Promise<BenchEditor> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-startup-'));
  const extension = join(folder, 'marginalia');
  await build('--minify', '--out', join(extension, 'dist'));
  for (const part of ['package.json', 'package.nls.json', 'media']) {
    await cp(join(projectRoot, part), join(extension, part), { recursive: true });
  }
  const probe = await buildProbe(join(folder, 'probe'));
  const profile = join(folder, 'profile');
  for (const each of [extension, probe, join(extensions, 'word')]) await installInProfile(profile, each);
  const workspace = join(folder, 'workspace');
  await makeWorkspace(workspace);
  prepare?.(profile);
  const portFile = join(folder, 'port');
  const editor = await startEditor({
    editor: await ensureEditor(line => console.error(line)),
    profile,
    // Closed, so that no view opens before it is asked for.
    settings: {
      ...cleanSettings,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      // As tabs, editors such as the list of running extensions are as high as the window.
      'workbench.editor.useModal': 'off',
      ...settings,
    },
    env: { MARGINALIA_API_KEY: 'bench', BENCH_PORT: portFile },
  });
  const browser = await launchBrowser();
  return {
    browser,
    extension,
    openWindow: () => openWindow(browser, editor.url({ folder: workspace }), portFile),
    close: async () => {
      await browser.close();
      await editor.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function openWindow(browser: Browser, url: string, portFile: string): Promise<BenchWindow> {
  for (const old of browser.contexts()) await old.close();
  // One that remembers no open view of the window before.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await rm(portFile, { force: true });
  const page = await context.newPage();
  await page.goto(url);
  const workbench = new Workbench(page);
  await workbench.ready();
  const port = await readWhenThere(portFile);
  // Extensions that start with the window, Git among them, have time to be done.
  await sleep(3_000);
  return {
    page,
    workbench,
    ask: async <Result>(action: string, argument = ''): Promise<Result> => {
      const response = await fetch(`http://127.0.0.1:${port}/${action}/${encodeURIComponent(argument)}`);
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as Result;
    },
  };
}

async function readWhenThere(file: string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') return text;
    await sleep(100);
  }
  throw new Error('The probe did not start.');
}

async function buildProbe(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await cp(join(extensions, 'probe/package.json'), join(folder, 'package.json'));
  const common = { bundle: true, minify: true, logLevel: 'warning' } as const;
  await esbuild.build({
    ...common,
    entryPoints: [join(extensions, 'probe/probe.ts')],
    outfile: join(folder, 'probe.cjs'),
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  await esbuild.build({
    ...common,
    entryPoints: [join(extensions, 'probe/page.mjs')],
    outfile: join(folder, 'page.js.cjs'),
    format: 'iife',
  });
  return folder;
}
