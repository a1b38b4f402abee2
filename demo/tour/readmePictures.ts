import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../harness/editor/project.ts';

/** Which step of the tour each picture of the README shows. */
const steps = {
  'chat.png': '-chat-beside-a-file.png',
  'act.png': '-act-beside-a-file.png',
  'review.png': '-review-problems.png',
};

/** Puts the README's pictures, taken from one album, where they are shipped from. */
export async function keepReadmePictures(album: string): Promise<void> {
  const folder = join(projectRoot, 'media/readme');
  await mkdir(folder, { recursive: true });
  const taken = await readdir(album);
  for (const [picture, step] of Object.entries(steps)) {
    const found = taken.find(name => name.endsWith(step));
    if (found !== undefined) await copyFile(join(album, found), join(folder, picture));
  }
}
