import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import { answered, asked, blocksOf, storeConversation, storeTurns } from '../support/storedConversation.ts';
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

const inDocument = (chat: Chat): Promise<number> => chat.frame.locator('.turn').count();

journey('a long conversation opens at its end with few turns in the document', async ({ workbench, profile }) => {
  const chat = await longOne(workbench, profile);
  assert.ok((await inDocument(chat)) < 40, String(await inDocument(chat)));
  const { fromEnd } = await chat.frame.evaluate<{ fromEnd: number }>(`(() => {
    const box = document.querySelector('.scroller');
    return { fromEnd: box.scrollHeight - box.scrollTop - box.clientHeight };
  })()`);
  assert.ok(Math.abs(fromEnd) <= 2, `${fromEnd} px from the end`);
});

journey('going up turn by turn nothing jumps, and the first turn is reached', async ({ workbench, profile }) => {
  const chat = await longOne(workbench, profile);
  // Steps of a wheel; after each, what was seen has moved by the step and by nothing else.
  const worst = await chat.frame.evaluate<number>(`(async () => {
    const box = document.querySelector('.scroller');
    const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    box.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
    let worst = 0;
    for (let step = 0; step < 120; step++) {
      const middle = box.getBoundingClientRect().top + box.clientHeight / 2;
      const seen = [...document.querySelectorAll('[data-turn]')].find(slot => slot.getBoundingClientRect().bottom > middle);
      const before = seen.getBoundingClientRect().top;
      const top = box.scrollTop;
      box.scrollTop = top - 97;
      const moved = top - box.scrollTop;
      await frame();
      worst = Math.max(worst, Math.abs(seen.getBoundingClientRect().top - before - moved));
    }
    return worst;
  })()`);
  assert.ok(worst <= 2, `jumped by ${worst} px`);
  await chat.frame.evaluate(`document.querySelector('.scroller').scrollTop = 0`);
  await chat.frame.getByText('Question 1.', { exact: true }).waitFor();
  assert.ok((await inDocument(chat)) < 40);
});

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

journey(
  'what is drawn is bounded by size: very many blocks and very long texts open, and all of it is reached',
  async ({ workbench, profile }) => {
    const chat = await workbench.openChat();
    const paragraph = 'Some words of a paragraph with **marks** and `code`, of which there are very many here. ';
    const text = `${paragraph.repeat(4)}\n\n`.repeat(5_000_000 / (4 * paragraph.length + 2));
    storeTurns(profile, 'A huge one', [
      ...Array.from({ length: 2 }, () => [
        asked(`Long. ${text}`),
        answered([{ type: 'text', text: `${text}The very end.` }]),
      ]).flat(),
      asked('Many?'),
      answered(blocksOf(5_000)),
      asked('And now?'),
      answered([{ type: 'text', text: 'A short one.' }]),
    ]);
    await workbench.openConversation('A huge one');
    await chat.frame.getByText('A short one.').waitFor();
    await chat.box.fill('Typed at once');
    assert.equal(await chat.box.inputValue(), 'Typed at once');

    // What is left out stands behind buttons, and the keyboard goes on in it.
    const many = chat.frame.locator('.turn', { hasText: 'The text of block 1.' });
    assert.equal(await many.locator('.portion').count(), 3);
    await many.getByRole('button', { name: 'Show more of this answer (4850 of its parts are not shown)' }).focus();
    await chat.page.keyboard.press('Enter');
    await many.getByText('The text of block 52.').waitFor();
    await chat.until("document.activeElement.dataset.portion?.endsWith(' 50')");
    await chat.showStart();
    const rest = chat.frame.getByRole('button', { name: 'Show the rest of this text' });
    await rest.first().click();
    await chat.frame.getByRole('button', { name: 'Show only the beginning of this text' }).waitFor();
  },
);
