import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey, type Journey } from '../support/journey.ts';
import { storeConversation } from '../support/storedConversation.ts';
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

/** The place of the turn and the text that is painted as the current match, where it is in view. */
function currentMatch(chat: Chat): Promise<string> {
  return chat.frame.evaluate(`(() => {
    const [range] = CSS.highlights.get('find-current') ?? [];
    if (!range) return 'none';
    const box = range.getBoundingClientRect();
    const view = document.querySelector('.scroller').getBoundingClientRect();
    const turn = range.startContainer.parentElement.closest('article').ariaPosInSet;
    return box.height > 0 && box.top >= view.top && box.bottom <= view.bottom ? turn + ': ' + range.toString() : 'not in view';
  })()`);
}

async function find(chat: Chat, term: string): Promise<void> {
  const input = chat.frame.getByRole('textbox', { name: 'Find' });
  // A conversation that was just opened is about to get the focus.
  await eventually(async () => {
    await chat.page.keyboard.press('Control+F');
    await input.and(chat.frame.locator(':focus')).waitFor({ timeout: 1_000 });
  });
  await chat.page.keyboard.press('Control+A');
  await chat.page.keyboard.type(term);
}

const count = (chat: Chat): Promise<string> => chat.frame.locator('.find-count').innerText();

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
