import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
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
import { keepSettings } from '../../harness/editor/settings.ts';
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
  let failed = 0;
  for (const theme of options.tour.themes) {
    const album = await Album.begin(join(out, theme));
    const tour: Tour = { browser, theme, album, width: options.tour.width, ending, ...(wording && { wording }) };
    failed += await play(named(scenes, options.tour.scene), demo, tour);
    failed += await play(named(scenesWithoutKey, options.tour.scene), withoutKey, tour);
    console.log(`${album.taken} pictures are in ${join(out, theme)}`);
    if (!options.tour.readme || failed > 0) continue;
    if (theme === 'dark') await keepReadmePictures(join(out, theme));
    await keepWalkthroughPictures(join(out, theme), theme);
  }
  if (failed > 0) throw new PlainError(`Scenes that failed: ${failed}. A picture of each shows where it stopped.`);
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
  /** Of another language than English; scenes look for everything by its English words all the same. */
  wording?: Wording;
}

/** Plays scenes in one window of a fresh user, and says how many have failed. */
async function play(scenes: Scene[], { server, connection, place }: ServedDemo, tour: Tour): Promise<number> {
  const { endpoint } = connection;
  if (!endpoint) throw new Error('A tour needs the demo endpoint.');
  await keepSettings(join(place.profile, 'data/User/settings.json'), {
    ...connection.settings,
    'workbench.colorTheme': themes[tour.theme],
  });
  // A context of its own forgets the last theme's window, a folder of its own the last theme's conversation.
  const context = await tour.browser.newContext({ viewport: { width: 1440, height: 900 } });
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
  let failed = 0;
  for (const [name, act] of scenes) {
    const startedAt = performance.now();
    try {
      await act({ workbench, endpoint, album: tour.album, width: tour.width, profile: place.profile });
      console.log(`  ✔ ${tour.theme}: ${name}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    } catch (error) {
      // Ctrl+C has taken the browser away from under the scene.
      if (tour.ending.begun) throw error;
      failed++;
      console.log(`  ✖ ${tour.theme}: ${name}\n${String(error)}`);
      await tour.album.take(page, `FAILED-${name.replaceAll(' ', '-')}`);
      await page.keyboard.press('Escape');
    }
  }
  await context.close();
  return failed;
}
