import assert from 'node:assert/strict';
import { count, currentMatch, find } from '../support/finding.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import { storeConversation } from '../support/storedConversation.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';

journey.use({ pace: 0 });
const turns = 400;

/** Opens a conversation of many turns that was stored before. */
async function longOne(workbench: Workbench, profile: string): Promise<Chat> {
  const chat = await workbench.openChat();
  storeConversation(profile, 'A long one', { turns });
  await workbench.openConversation('A long one');
  await chat.frame.getByText(`Answer ${turns / 2}.`).waitFor();
  return chat;
}

journey(
  'the place in a long conversation is kept while the view is hidden, and Ctrl+F finds what is far away',
  async ({ workbench, profile }) => {
    let chat = await longOne(workbench, profile);
    await chat.frame.evaluate(`(() => {
    const box = document.querySelector('.scroller');
    box.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
    box.scrollTop = box.scrollHeight / 2;
  })()`);
    const firstSeen = (): Promise<string> =>
      chat.frame.evaluate(`(() => {
      const top = document.querySelector('.scroller').getBoundingClientRect().top;
      const slot = [...document.querySelectorAll('[data-turn]')].find(slot => slot.getBoundingClientRect().bottom > top);
      return slot.dataset.turn + ' at ' + Math.round((slot.getBoundingClientRect().top - top) / 4);
    })()`);
    await eventually(async () => assert.notEqual(await firstSeen(), ''));
    await new Promise(resolve => setTimeout(resolve, 600));
    const before = await firstSeen();
    await workbench.command('View: Toggle Secondary Side Bar Visibility');
    chat = await workbench.openChat();
    await chat.frame.locator('.turn').first().waitFor();
    await eventually(async () => assert.equal(await firstSeen(), before));

    await chat.box.click();
    await find(chat, 'question 7.');
    await eventually(async () => assert.equal(await count(chat), '1 of 1'));
    await eventually(async () => assert.equal(await currentMatch(chat), '13: Question 7.'));
    assert.equal(await workbench.page.locator('.monaco-editor .find-widget.visible').count(), 0);
    await chat.page.keyboard.press('Escape');
    await chat.frame.getByRole('search').waitFor({ state: 'detached' });
    await chat.until("document.activeElement.id === 'composer'");
    assert.equal(await chat.frame.evaluate('CSS.highlights.size'), 0);
    // By its command, as the menu calls it.
    await workbench.command('Marginalia: Find in Conversation');
    await chat.frame.getByRole('textbox', { name: 'Find' }).waitFor();
  },
);
