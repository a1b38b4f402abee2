import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

/** The messages that are shown. */
export async function shownMessages(chat: Chat): Promise<string[]> {
  return chat.questions.locator('.prompt-text').allInnerTexts();
}

/** A conversation with two versions of its first message, the second of them shown. */
export async function editedTalk({ workbench }: { workbench: { openChat: () => Promise<Chat> } }): Promise<Chat> {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  await chat.questions.first().hover();
  await chat.questions.getByRole('button', { name: 'More Actions' }).click();
  await chat.questions.getByRole('menuitem', { name: 'Edit' }).click();
  const editor = chat.frame.getByRole('textbox', { name: 'Edit Message' });
  await editor.fill('Say **eleven** <b>');
  await editor.press('Enter');
  await eventually(async () => assert.deepEqual(await shownMessages(chat), ['Say **eleven** <b>']));
  await chat.idle();
  return chat;
}
