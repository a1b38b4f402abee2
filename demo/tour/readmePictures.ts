import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { projectRoot } from '../../harness/editor/project.ts';
import { keepPicture } from './keepPicture.ts';

/** Which step of the tour each picture of the README shows. */
const steps = {
  'chat.webp': '-chat-beside-a-file.png',
  'act.webp': '-act-beside-a-file.png',
  'review.webp': '-review-problems.png',
};

/** Puts the README's pictures, taken from one album, where they are shipped from. */
export async function keepReadmePictures(browser: Browser, album: string): Promise<void> {
  const folder = join(projectRoot, 'media/readme');
  await mkdir(folder, { recursive: true });
  const taken = await readdir(album);
  for (const [picture, step] of Object.entries(steps)) {
    const found = taken.find(name => name.endsWith(step));
    if (found !== undefined) await keepPicture(browser, join(album, found), join(folder, picture));
  }
}
