import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { inLanguage } from '../../harness/drive/inLanguage.ts';
import { Wording } from '../../harness/drive/wording.ts';
import { measuredStart, patience } from '../../harness/drive/eventually.ts';
import { Workbench } from '../../harness/drive/workbench.ts';
import { launchBrowser } from '../../harness/editor/browser.ts';
import type { Ending } from '../../harness/editor/ending.ts';
import { makeWorkspace } from '../../harness/editor/makeWorkspace.ts';
import { PlainError } from '../../harness/editor/plainError.ts';
import { resultsFolder } from '../../harness/editor/project.ts';
import { startServedDemo, type ServedDemo } from '../servedDemo.ts';
import { keepSettings, unasked } from '../../harness/editor/settings.ts';
import { themes, type Theme } from '../../harness/editor/themes.ts';
import type { StartOptions } from '../startOptions.ts';
import { Album } from './album.ts';
import { keepReadmePictures } from './readmePictures.ts';
import { scenes, scenesWithoutKey } from './scenes.ts';
import { keepWalkthroughPictures } from './walkthroughPictures.ts';
import type { Scene } from './stage.ts';

/** Plays every scene in every theme that was asked for, and leaves a picture of each step. */
export async function runTour(options: StartOptions, ending: Ending): Promise<void> {
  const demo = await startServedDemo(options, ending);
  console.log('And once more for a user without a key:');
  const withoutKey = await startServedDemo(options, ending, { MARGINALIA_API_KEY: undefined });
  const browser = await launchBrowser(line => console.log(line));
  ending.add(() => browser.close());
  const out = resolve(options.tour.out ?? join(resultsFolder, 'tour', options.language ?? ''));
  const wording = options.language === undefined ? undefined : new Wording(options.language);
  const failed: string[] = [];
  const unsteady: string[] = [];
  for (const theme of options.tour.themes) {
    const album = await Album.begin(join(out, theme));
    const { width } = options.tour;
    const tour: Tour = { browser, theme, album, width, ending, failed, unsteady, ...(wording && { wording }) };
    await play(named(scenes, options.tour.scene), demo, tour);
    await play(named(scenesWithoutKey, options.tour.scene), withoutKey, tour);
    console.log(`${album.taken} pictures are in ${join(out, theme)}`);
    if (!options.tour.readme || failed.length > 0) continue;
    if (theme === 'dark') await keepReadmePictures(browser, join(out, theme));
    await keepWalkthroughPictures(browser, join(out, theme), theme);
  }
  const passedThen = unsteady.filter(name => !failed.includes(name));
  if (passedThen.length > 0) console.log(`${passedThen.length} unsteady: ${passedThen.join('; ')}`);
  if (failed.length > 0) {
    throw new PlainError(`${failed.length} failed: ${failed.join('; ')}. A picture of each shows where it stopped.`);
  }
}

/** The first one sets the window up. */
function named(scenes: Scene[], words: string): Scene[] {
  return scenes.filter(([name], index) => index === 0 || name.includes(words));
}

interface Tour {
  browser: Browser;
  theme: Theme;
  album: Album;
  width: number;
  ending: Ending;
  /** What failed twice, and what failed a first time, in all themes. */
  failed: string[];
  unsteady: string[];
  /** Of another language than English; scenes look for everything by its English words all the same. */
  wording?: Wording;
}

/** Plays scenes in one window of a fresh user. What fails is tried once more; the rest goes on in any case. */
async function play(scenes: Scene[], demo: ServedDemo, tour: Tour): Promise<void> {
  const { endpoint } = demo.connection;
  if (!endpoint) throw new Error('A tour needs the demo endpoint.');
  const opened = await twice('the window', tour, () => openWindow(demo, tour));
  if (!opened) return;
  const { context, workbench, folder } = opened;
  const stage = { workbench, endpoint, album: tour.album, width: tour.width, profile: demo.place.profile, folder };
  for (const [name, act] of scenes) {
    const startedAt = performance.now();
    const before = tour.album.taken;
    const played = await twice(
      name,
      tour,
      async () => {
        await act(stage);
        return true;
      },
      async failure => {
        await tour.album.backTo(before);
        await tour.album.take(workbench.page, `${failure}-${name.replaceAll(/\W+/g, '-')}`);
        endpoint.faults.clear();
        await workbench.page.keyboard.press('Escape');
      },
    );
    if (played) console.log(`  ✔ ${tour.theme}: ${name}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
  await context.close();
}

interface Opened {
  context: BrowserContext;
  workbench: Workbench;
  /** Of the sample project. */
  folder: string;
}

async function openWindow(demo: ServedDemo, tour: Tour): Promise<Opened> {
  const { server, connection, place } = demo;
  await keepSettings(join(place.profile, 'data/User/settings.json'), {
    ...connection.settings,
    ...unasked,
    'workbench.colorTheme': themes[tour.theme],
  });
  // A context of its own forgets the last theme's window, a folder of its own the last theme's conversation.
  const context = await tour.browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    // Settings are changed by way of the clipboard.
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const folder = join(await mkdtemp(`${place.folder}-`), 'corner-shop');
    await makeWorkspace(folder);
    const page = await context.newPage();
    const openedAt = performance.now();
    await page.goto(server.url({ folder }));
    const workbench = new Workbench(tour.wording ? inLanguage(page, tour.wording) : page);
    await workbench.ready();
    // On a slow machine a scene waits longer, as a journey does.
    measuredStart(performance.now() - openedAt);
    context.setDefaultTimeout(patience);
    return { context, workbench, folder };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** Does it, and where that fails once more; what came of it is told and written down. */
async function twice<Result>(
  name: string,
  tour: Tour,
  act: () => Promise<Result>,
  afterFailure: (failure: 'UNSTEADY' | 'FAILED') => Promise<void> = () => Promise.resolve(),
): Promise<Result | undefined> {
  const label = `${tour.theme}: ${name}`;
  for (const failure of ['UNSTEADY', 'FAILED'] as const) {
    try {
      return await act();
    } catch (error) {
      // Ctrl+C has taken the browser away from under the scene.
      if (tour.ending.begun) throw error;
      console.log(`  ✖ ${label}\n${String(error)}`);
      await afterFailure(failure);
      if (failure === 'UNSTEADY') tour.unsteady.push(label);
      else tour.failed.push(label);
    }
  }
  return undefined;
}
