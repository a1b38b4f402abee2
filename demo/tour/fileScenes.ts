import { setSideBarWidth } from './sideBarWidth.ts';
import { ended, type Stage } from './stage.ts';

export async function pathLinks({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.ask('Where are the totals made?');
  await ended(chat);
  await chat.answers.last().getByRole('link', { name: 'src/orders.ts:25-28' }).waitFor();
  await album.take(workbench.page, 'paths');
  await chat.answers.last().getByRole('link', { name: 'src/orders.ts:25-28' }).click();
  await workbench.page.locator('.tab.active', { hasText: 'orders.ts' }).waitFor();
  await album.take(workbench.page, 'path-opened');
}

export async function applyingCode({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  const chat = await workbench.chat();
  await chat.ask('Simplify subtotal');
  await ended(chat);
  await chat.answers.last().getByRole('button', { name: 'Apply to File' }).click();
  await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  await album.take(page, 'proposed-change');
  await page.getByRole('button', { name: 'Discard Proposed Change' }).first().click();
  await chat.ask('Put the tax into a new file');
  await ended(chat);
  await chat.answers.last().getByRole('button', { name: 'Apply to File' }).click();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Create' }).waitFor();
  await album.take(page, 'apply-to-new-file');
  await page.keyboard.press('Escape');
}

export async function unclearPlace({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('src/orders.ts');
  const chat = await workbench.chat();
  await chat.ask('Count the items of an order');
  await ended(chat);
  await chat.answers.last().getByRole('button', { name: 'Apply to File' }).click();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Insert at Cursor' }).waitFor();
  await album.take(page, 'apply-where');
  await page.keyboard.press('Escape');
}

export async function collapsing({ workbench, album, width }: Stage): Promise<void> {
  const { page } = workbench;
  const chat = await workbench.chat();
  await chat.ask('Tell me all prices');
  await ended(chat);
  await album.take(page, 'long-code');
  const toggle = chat.answers.last().locator('.code-toggle');
  await toggle.click();
  await album.take(page, 'long-code-collapsed');
  await setSideBarWidth(page, 240);
  await album.take(page, 'long-code-collapsed-narrow');
  await toggle.click();
  await chat.answers.last().locator('.code-header').scrollIntoViewIfNeeded();
  await album.take(page, 'code-header-narrow');
  await setSideBarWidth(page, width);
}
