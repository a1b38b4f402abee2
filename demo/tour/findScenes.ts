import type { Stage } from './stage.ts';

/** A search in the conversation: all matches, the current one, and one that is nowhere. */
export async function finding({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.box.click();
  await workbench.page.keyboard.press('Control+F');
  await chat.frame.getByRole('textbox', { name: 'Find' }).waitFor();
  await workbench.page.keyboard.type('tea');
  await chat.frame.locator('.find-count', { hasText: /^\d+ of \d+$/ }).waitFor();
  await album.take(workbench.page, 'find');
  await workbench.page.keyboard.type('pot that nobody mentioned');
  await chat.frame.locator('.find-count', { hasText: 'No results' }).waitFor();
  await album.take(workbench.page, 'find-nothing');
  await workbench.page.keyboard.press('Escape');
}
