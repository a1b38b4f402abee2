import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { Workbench } from '../../test/support/workbench.ts';
import { launchBrowser } from '../editor/browser.ts';
import type { Ending } from '../editor/ending.ts';
import { makeWorkspace } from '../editor/makeWorkspace.ts';
import { PlainError } from '../editor/plainError.ts';
import { resultsFolder } from '../editor/project.ts';
import { startServedDemo, type ServedDemo } from '../editor/servedDemo.ts';
import { keepSettings } from '../editor/settings.ts';
import { themes, type StartOptions, type Theme } from '../editor/startOptions.ts';
import { Album } from './album.ts';
import { keepReadmePictures } from './readmePictures.ts';
import { scenes, scenesWithoutKey } from './scenes.ts';
import type { Scene } from './stage.ts';

/** Plays every scene in every theme that was asked for, and leaves a picture of each step. */
export async function runTour(options: StartOptions, ending: Ending): Promise<void> {
  const demo = await startServedDemo(options, ending);
  console.log('And once more for a user without a key:');
  const withoutKey = await startServedDemo(options, ending, { MARGINALIA_API_KEY: undefined });
  const browser = await launchBrowser(line => console.log(line));
  ending.add(() => browser.close());
  const out = resolve(options.tour.out ?? join(resultsFolder, 'tour'));
  let failed = 0;
  for (const theme of options.tour.themes) {
    const album = await Album.begin(join(out, theme));
    const tour: Tour = { browser, theme, album, width: options.tour.width, ending };
    failed += await play(scenes, demo, tour);
    failed += await play(scenesWithoutKey, withoutKey, tour);
    console.log(`${album.taken} pictures are in ${join(out, theme)}`);
    if (options.tour.readme && theme === 'dark' && failed === 0) await keepReadmePictures(join(out, theme));
  }
  if (failed > 0) throw new PlainError(`Scenes that failed: ${failed}. A picture of each shows where it stopped.`);
}

interface Tour {
  browser: Browser;
  theme: Theme;
  album: Album;
  width: number;
  ending: Ending;
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
  const folder = join(await mkdtemp(`${place.folder}-`), 'corner-shop');
  await makeWorkspace(folder);
  const page = await context.newPage();
  await page.goto(server.url({ folder }));
  const workbench = new Workbench(page);
  await workbench.ready();
  let failed = 0;
  for (const [name, act] of scenes) {
    const startedAt = performance.now();
    try {
      await act({ workbench, endpoint, album: tour.album, width: tour.width });
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
