import { setSideBarWidth } from './sideBarWidth.ts';
import { ended, newConversation, type Stage } from './stage.ts';

/** All conversations of the tour: as a list, searched, with one that is deleted, and where nothing is found. */
export async function allConversations({ workbench, album, width }: Stage): Promise<void> {
  const { page } = workbench;
  const chat = await newConversation(workbench);
  await chat.ask('How do debounce and throttle differ?');
  await ended(chat);
  const history = await workbench.openHistory();
  await history.rows.first().waitFor();
  await album.take(page, 'history');
  await setSideBarWidth(page, 240);
  await album.take(page, 'history-narrow');
  await setSideBarWidth(page, width);
  await history.search.fill('debounce');
  await history.panel.locator('mark').first().waitFor();
  await album.take(page, 'history-searched');
  await history.search.fill('nothing that anybody has written');
  await history.rows.first().waitFor({ state: 'detached' });
  await album.take(page, 'history-nothing-found');
  await history.search.fill('');
  await history.rows.first().waitFor();
  await page.keyboard.press('Escape');
  await history.panel.waitFor({ state: 'detached' });
}
