import { answerTo, ended, type Stage, written } from './stage.ts';

export async function explaining({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('src/orders.ts');
  await workbench.selectLines(16, 22);
  await page.locator('.view-line', { hasText: 'sum += ' }).click({ button: 'right', position: { x: 60, y: 8 } });
  await page.getByRole('menuitem', { name: 'Marginalia' }).hover();
  await page.getByRole('menuitem', { name: 'Explain Selection' }).waitFor();
  await album.take(page, 'editor-menu');
  const chat = await answerTo(workbench, () => page.getByRole('menuitem', { name: 'Explain Selection' }).click());
  await written(chat, 120);
  await album.take(page, 'explanation-streams');
  await ended(chat);
  await album.take(page, 'explained');
}

export async function lightbulb({ workbench, album }: Stage): Promise<void> {
  await workbench.selectLines(29, 31);
  await workbench.openLightbulb('Explain with Marginalia');
  await album.take(workbench.page, 'lightbulb');
  await workbench.page.keyboard.press('Escape');
}
