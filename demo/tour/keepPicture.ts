import { readFile, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';

/**
 * Puts a picture of an album where it is shipped from, as WebP without loss: a third smaller than the PNG. The browser
 * that took it encodes it.
 */
export async function keepPicture(browser: Browser, taken: string, kept: string): Promise<void> {
  const page = await browser.newPage();
  try {
    const png = await readFile(taken, 'base64');
    const webp = await page.evaluate(async source => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 1);
    }, `data:image/png;base64,${png}`);
    const [kind = '', content = ''] = webp.split(',');
    // A browser that can't encode it gives a PNG.
    if (!kind.includes('image/webp')) throw new Error('This browser encodes no WebP.');
    await writeFile(kept, content, 'base64');
  } finally {
    await page.close();
  }
}
