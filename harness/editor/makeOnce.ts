import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 1_000;
const abandonedAfterMs = 30_000;

/**
 * Makes `folder` unless it is there. `fill` works in a folder beside it that takes the final name when it is complete,
 * so a folder of that name is never half done. A second process that wants the same folder waits for the first one;
 * should both have begun at once, the first to finish wins. What an interrupted process left is removed: it is
 * recognised by its age, because whoever still works in such a folder touches it every second.
 */
export async function makeOnce(folder: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  while (!(await exists(folder))) {
    if (await someoneElseIsAtIt(folder)) {
      await sleep(heartbeatMs / 2);
      continue;
    }
    const unfinished = `${folder}.unfinished-${randomBytes(4).toString('hex')}`;
    await mkdir(unfinished);
    const heartbeat = setInterval(() => void touch(unfinished), heartbeatMs);
    try {
      await fill(unfinished);
      await rename(unfinished, folder).catch(async (error: unknown) => {
        if (!(await exists(folder))) throw error;
      });
    } finally {
      clearInterval(heartbeat);
      await rm(unfinished, { recursive: true, force: true });
    }
  }
}

async function someoneElseIsAtIt(folder: string): Promise<boolean> {
  const siblings = await readdir(dirname(folder));
  let busy = false;
  for (const name of siblings.filter(name => name.startsWith(`${basename(folder)}.unfinished-`))) {
    const sibling = join(dirname(folder), name);
    const touched = await stat(sibling).catch(() => undefined);
    if (touched && Date.now() - touched.mtimeMs < abandonedAfterMs) busy = true;
    else await rm(sibling, { recursive: true, force: true });
  }
  return busy;
}

async function touch(folder: string): Promise<void> {
  const now = new Date();
  // It may just have got its final name.
  await utimes(folder, now, now).catch(() => undefined);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
