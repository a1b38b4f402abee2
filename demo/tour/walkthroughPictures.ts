import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { projectRoot } from '../../harness/editor/project.ts';
import type { Theme } from '../../harness/editor/themes.ts';
import { keepPicture } from './keepPicture.ts';

/** Of the walkthrough's steps. */
export type WalkthroughPicture = 'key' | 'ask' | 'explain' | 'review';

/** What a picture is called in an album. */
export function walkthroughStep(picture: WalkthroughPicture): string {
  return `walkthrough-${picture}`;
}

const pictures: WalkthroughPicture[] = ['key', 'ask', 'explain', 'review'];

/** Puts the walkthrough's pictures, taken from one album, where they are shipped from. There are two themes of them. */
export async function keepWalkthroughPictures(browser: Browser, album: string, theme: Theme): Promise<void> {
  if (theme !== 'dark' && theme !== 'light') return;
  const folder = join(projectRoot, 'media/walkthrough');
  await mkdir(folder, { recursive: true });
  const taken = await readdir(album);
  for (const picture of pictures) {
    const found = taken.find(name => name.endsWith(`-${walkthroughStep(picture)}.png`));
    if (found === undefined) continue;
    await keepPicture(browser, join(album, found), join(folder, `${picture}-${theme}.webp`));
  }
}
