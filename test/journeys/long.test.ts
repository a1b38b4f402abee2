import assert from 'node:assert/strict';
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

journey('the place in a long conversation is kept while the view is hidden', async ({ workbench, profile }) => {
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
});
