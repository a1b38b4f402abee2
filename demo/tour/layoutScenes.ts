import { setSideBarWidth } from './sideBarWidth.ts';
import type { Stage } from './stage.ts';

export async function firstStart({ workbench, album, width }: Stage): Promise<void> {
  await workbench.chat();
  await setSideBarWidth(workbench.page, width);
  await album.take(workbench.page, 'first-start');
}

export async function reloading({ workbench, album }: Stage): Promise<void> {
  await workbench.reload();
  const chat = await workbench.chat();
  await chat.answers.last().waitFor();
  await album.take(workbench.page, 'restored-after-reload');
}

export async function narrowView({ workbench, album }: Stage): Promise<void> {
  await atWidth(240, 'narrow', workbench, album);
}

export async function wideView({ workbench, album }: Stage): Promise<void> {
  await atWidth(800, 'wide', workbench, album);
}

/** What differs most with the width: notices at the end, the table and code at the start, findings, an empty view. */
async function atWidth(
  width: number,
  name: string,
  workbench: Stage['workbench'],
  album: Stage['album'],
): Promise<void> {
  const chat = await workbench.chat();
  await setSideBarWidth(workbench.page, width);
  const latest = chat.button('Latest');
  if (await latest.isVisible()) await latest.click();
  await album.take(workbench.page, `${name}-end`);
  await chat.answers.locator('table').first().scrollIntoViewIfNeeded();
  await album.take(workbench.page, `${name}-table`);
  await chat.answers.locator('.findings').first().scrollIntoViewIfNeeded();
  await album.take(workbench.page, `${name}-findings`);
}
