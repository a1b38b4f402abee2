import type { Page } from 'playwright-core';

/** Drags the border of the secondary side bar until the bar is so many pixels wide, or as near as the editor allows. */
export async function setSideBarWidth(page: Page, width: number): Promise<void> {
  const box = await page.locator('.part.auxiliarybar').boundingBox();
  if (!box) throw new Error('The secondary side bar is hidden.');
  // The sash lies over the border, a few pixels to either side of it.
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x - 1, y);
  await page.mouse.down();
  await page.mouse.move(box.x - 1 + (box.width - width) / 2, y, { steps: 5 });
  await page.mouse.move(box.x - 1 + box.width - width, y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(box.x - 300, y);
}
