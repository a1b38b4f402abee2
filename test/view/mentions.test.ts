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

view('an earlier conversation goes along as it is read, and is asked about where it is long', async ({ stage }) => {
  const { workbench, endpoint } = stage;
  const chat = await workbench.openChat();
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'The harbour is blue.' }] });
  await chat.ask('Which colour has the harbour?');
  await chat.idle();
  await workbench.command('Marginalia: New Conversation');
  await chat.askAtOnce(`Keep this: ${'many words '.repeat(10_000)}`);
  await chat.idle();
  await workbench.command('Marginalia: New Conversation');
  await eventually(async () => assert.equal(await chat.answers.count(), 0));

  const choose = async (title: string): Promise<void> => {
    await chat.box.click();
    await chat.page.keyboard.type('@earlier');
    await option(chat, /^Earlier Conversation/).waitFor();
    await chat.page.keyboard.press('Enter');
    await workbench.pick(title);
  };
  await choose('Which colour has the harbour?');
  await chip(chat, /^Which colour has the harbour\?/).waitFor();
  await choose('Keep this');
  await workbench.press('tokens.', 'Attach Anyway');
  await chip(chat, /^Keep this/).waitFor();
  await chat.until(`document.activeElement?.id === 'composer'`);
  await chat.ask('And its boats?');
  const { messages } = (await endpoint.arrival(2)).body as { messages: { content: { text: string }[] }[] };
  const [colour = '', words = '', question] = messages.at(-1)?.content.map(({ text }) => text) ?? [];
  assert.match(colour, /^Earlier conversation “Which colour has the harbour\?”, begun \d{4}-/);
  assert.match(colour, /## You\n\nWhich colour has the harbour\?\n\n## .+\n\nThe harbour is blue\.\n/);
  assert.match(words, /many words many words/);
  assert.equal(question, 'And its boats?');
  await chat.idle();
});
