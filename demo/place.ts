import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Ending } from '../harness/editor/ending.ts';
import { makeWorkspace } from '../harness/editor/makeWorkspace.ts';
import { PlainError } from '../harness/editor/plainError.ts';
import { cacheFolder } from '../harness/editor/project.ts';
import type { StartOptions } from './startOptions.ts';

/** Where a demo works. */
export interface Place {
  /** What the editor keeps. */
  profile: string;
  /** What the editor opens. */
  folder: string;
  /** A file of that folder to show first. */
  file?: string;
}

/** A fresh user who is forgotten in the end; with `--live` one who stays. Never works on the project's own sample. */
export async function choosePlace(options: StartOptions, ending: Ending): Promise<Place> {
  const home = options.live ? join(cacheFolder, 'live-profile') : await temporaryFolder(ending);
  // Desktop and served editors lay out a profile differently.
  const profile = join(home, options.what === 'desktop' ? 'desktop' : 'served');
  if (options.folder !== undefined) {
    const folder = resolve(options.folder);
    if (!existsSync(folder)) throw new PlainError(`There is no folder ${folder}.`);
    return { profile, folder };
  }
  const folder = join(home, 'corner-shop');
  if (!existsSync(folder)) await makeWorkspace(folder);
  return { profile, folder, file: 'src/orders.ts' };
}

async function temporaryFolder(ending: Ending): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'marginalia-demo-'));
  ending.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
