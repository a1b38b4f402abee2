import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** In pixels. */
interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Numbered pictures in one folder. */
export class Album {
  readonly #folder: string;
  #taken = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Begins with an empty folder: pictures of an earlier tour would pass for this one's. */
  static async begin(folder: string): Promise<Album> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Album(folder);
  }

  get taken(): number {
    return this.#taken;
  }

  /** Forgets all but the first `count` pictures: what is tried once more takes its own. */
  async backTo(count: number): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (Number(name.split('-')[0]) > count) await rm(join(this.#folder, name));
    }
    this.#taken = count;
  }

  /** Of the whole window, or of a part of it. */
  async take(page: Page, name: string, clip?: Clip): Promise<void> {
    // Lets hover effects, scroll bars and layout come to rest.
    await sleep(400);
    await fontsOf(page);
    const number = String(++this.#taken).padStart(2, '0');
    await page.screenshot({ path: join(this.#folder, `${number}-${name}.png`), ...(clip && { clip }) });
  }
}

/** Waits for the fonts of all frames, the icons among them. A frame that is gone meanwhile needs none. */
async function fontsOf(page: Page): Promise<void> {
  await Promise.all(
    page.frames().map(frame => frame.evaluate('document.fonts.ready.then(() => undefined)').catch(() => undefined)),
  );
}
