import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey, type Journey } from '../support/journey.ts';
import { storeConversation } from '../support/storedConversation.ts';
import { count, currentMatch, find } from '../support/finding.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

journey.use({ pace: 'instant' });

/** Opens a stored conversation of 300 turns. */
async function openLong({ workbench, profile }: Journey): Promise<Chat> {
  const chat = await workbench.openChat();
  storeConversation(profile, 'To be searched', { turns: 300, paragraphs: 4 });
  await workbench.openConversation('To be searched');
  await chat.frame.getByText('Answer 150.', { exact: true }).waitFor();
  return chat;
}

journey('Ctrl+F in the chat finds in turns that are far away, and Escape leads back', async ({ stage }) => {
  const chat = await openLong(stage);
  await chat.box.click();
  await find(chat, 'question 7.');
  await eventually(async () => assert.equal(await count(chat), '1 of 1'));
  await eventually(async () => assert.equal(await currentMatch(chat), '13: Question 7.'));
  assert.equal(await stage.workbench.page.locator('.monaco-editor .find-widget.visible').count(), 0);
  await chat.page.keyboard.press('Escape');
  await chat.frame.getByRole('search').waitFor({ state: 'detached' });
  await chat.until("document.activeElement.id === 'composer'");
  assert.equal(await chat.frame.evaluate('CSS.highlights.size'), 0);
  // By its command, as the menu calls it.
  await stage.workbench.command('Marginalia: Find in Conversation');
  await chat.frame.getByRole('textbox', { name: 'Find' }).waitFor();
});
