import type { Locator } from 'playwright-core';
import type { Chat } from '../../harness/drive/workbench.ts';
import { closePrimarySideBar } from './primarySideBar.ts';
import { setSideBarWidth } from './sideBarWidth.ts';
import { ended, newConversation, type Stage } from './stage.ts';

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

/** One answer as a whole beside a file, for the README. */
export async function pictureOfChat({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.command('View: Close All Editors');
  await workbench.openFile('src/orders.ts');
  await closePrimarySideBar(workbench);
  const chat = await workbench.chat();
  await setSideBarWidth(page, 680);
  await newConversation(workbench);
  await chat.ask('Compare debounce and throttle in a table, with an example in TypeScript');
  await ended(chat);
  await goUpTo(chat.questions.first(), chat);
  await album.take(page, 'chat-beside-a-file');
  await workbench.command('View: Show Explorer');
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
  await goUpTo(chat.answers.locator('.findings').last(), chat);
  await album.take(workbench.page, `${name}-findings`);
  await goUpTo(chat.answers.locator('table').last(), chat);
  await album.take(workbench.page, `${name}-table`);
}

/** Turns far from what is seen are not in the document. */
export async function goUpTo(target: Locator, chat: Chat): Promise<void> {
  for (let pages = 0; pages < 100 && (await target.count()) === 0; pages++) {
    await chat.frame.evaluate(`{
      const box = document.querySelector('.scroller');
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
      box.scrollTop -= box.clientHeight;
    }`);
    await chat.page.waitForTimeout(50);
  }
  await target.scrollIntoViewIfNeeded();
}
