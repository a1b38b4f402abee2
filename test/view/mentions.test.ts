import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { view } from '../support/view.ts';

function chip(chat: Chat, name: string | RegExp) {
  return chat.frame.getByRole('list', { name: 'Attachments' }).getByRole('button', { name });
}

function option(chat: Chat, name: string | RegExp) {
  return chat.frame.getByRole('option', { name });
}

view('chips are walked with the arrows and removed with keys, one or all', async ({ workbench }) => {
  const chat = await workbench.openChat();
  workbench.editor.openFolder();
  const { keyboard } = chat.page;
  await chat.box.click();
  for (const name of ['orders', 'prices', 'customers']) {
    await keyboard.type(`@${name}`);
    await option(chat, new RegExp(`^${name}`))
      .first()
      .waitFor();
    await keyboard.press('Enter');
    await chip(chat, new RegExp(`^${name}`)).waitFor();
  }
  await chip(chat, /^orders/).focus();
  await keyboard.press('ArrowRight');
  await keyboard.press('Delete');
  await eventually(async () => assert.equal(await chip(chat, /^prices/).count(), 0));
  await chat.until("document.activeElement.textContent.startsWith('customers')");
  await keyboard.press('Backspace');
  await eventually(async () => assert.equal(await chip(chat, /^customers/).count(), 0));
  await chat.until("document.activeElement.textContent.startsWith('orders')");

  await chat.box.click();
  await chat.box.fill('');
  for (const name of ['prices', 'customers']) {
    await keyboard.type(`@${name}`);
    await option(chat, new RegExp(`^${name}`))
      .first()
      .waitFor();
    await keyboard.press('Enter');
    await chip(chat, new RegExp(`^${name}`)).waitFor();
  }
  await chat.button('Remove All').click();
  await eventually(async () => assert.equal(await chip(chat, /./).count(), 0));
  await chat.until("document.activeElement.id === 'composer'");
});
