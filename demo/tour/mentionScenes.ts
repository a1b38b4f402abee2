import { goUpTo } from './layoutScenes.ts';
import { ended, type Stage } from './stage.ts';

export async function mentioning({ workbench, album }: Stage): Promise<void> {
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  const chat = await workbench.openChat();
  const { frame } = chat;
  const { keyboard } = workbench.page;
  const option = (name: RegExp) => frame.getByRole('option', { name }).first();
  await chat.box.click();
  await keyboard.type('@');
  await option(/^Selection/).waitFor();
  await album.take(workbench.page, 'mention-anything');
  await keyboard.type('sel');
  await keyboard.press('Enter');
  await frame.locator('.attachment', { hasText: 'orders.ts:16' }).waitFor();
  await keyboard.type('Where is @pri');
  await option(/^prices\.ts/).waitFor();
  await album.take(workbench.page, 'mention-file');
  await keyboard.press('Enter');
  await keyboard.type('used, and is @#findDis');
  await option(/^findDiscount/).waitFor();
  await album.take(workbench.page, 'mention-symbol');
  await keyboard.press('Enter');
  await keyboard.type('right? @src/');
  await option(/^src\//).waitFor();
  await keyboard.press('Enter');
  await frame.locator('.attachment', { hasText: 'src/' }).waitFor();
  await album.take(workbench.page, 'attached-texts');
  await frame.locator('.attachment', { hasText: 'prices.ts' }).first().getByRole('button').first().focus();
  await album.take(workbench.page, 'attached-focus');
  await chat.box.click();
  await keyboard.press('Enter');
  await chat.stopButton.waitFor();
  await ended(chat);
  await goUpTo(chat.questions.last(), chat);
  await album.take(workbench.page, 'sent-with-texts');
}

export async function pasting({ workbench, album }: Stage): Promise<void> {
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(24, 27);
  await workbench.page.keyboard.press('Control+C');
  const chat = await workbench.openChat();
  await chat.box.click();
  await workbench.page.keyboard.press('Control+V');
  await chat.button('Paste as Text').waitFor();
  await album.take(workbench.page, 'pasted-reference');
  await chat.button(/^Remove orders/).click();
}
