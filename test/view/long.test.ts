import assert from 'node:assert/strict';
import { view, type ViewStage } from '../support/view.ts';
import { answered, asked, blocksOf, storeConversation, storeTurns } from '../support/storedConversation.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

view.use({ pace: 0 });
const turns = 400;

/** Opens a conversation of many turns that was stored before. */
async function longOne({ workbench, profile }: ViewStage): Promise<Chat> {
  workbench.remember(storeConversation(profile, 'A long one', { turns }));
  const chat = await workbench.openChat();
  await chat.frame.getByText(`Answer ${turns / 2}.`).waitFor();
  return chat;
}

const inDocument = (chat: Chat): Promise<number> => chat.frame.locator('.turn').count();

view('a long conversation opens at its end with few turns in the document', async ({ stage }) => {
  const chat = await longOne(stage);
  assert.ok((await inDocument(chat)) < 40, String(await inDocument(chat)));
  const { fromEnd } = await chat.frame.evaluate<{ fromEnd: number }>(`(() => {
    const box = document.querySelector('.scroller');
    return { fromEnd: box.scrollHeight - box.scrollTop - box.clientHeight };
  })()`);
  assert.ok(Math.abs(fromEnd) <= 2, `${fromEnd} px from the end`);
});

view('going up turn by turn nothing jumps, and the first turn is reached', async ({ stage }) => {
  const chat = await longOne(stage);
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

view(
  'what is drawn is bounded by size: very many blocks and very long texts open, and all of it is reached',
  async ({ workbench, profile }) => {
    const paragraph = 'Some words of a paragraph with **marks** and `code`, of which there are very many here. ';
    const text = `${paragraph.repeat(4)}\n\n`.repeat(5_000_000 / (4 * paragraph.length + 2));
    const id = storeTurns(profile, 'A huge one', [
      ...Array.from({ length: 2 }, () => [
        asked(`Long. ${text}`),
        answered([{ type: 'text', text: `${text}The very end.` }]),
      ]).flat(),
      asked('Many?'),
      answered(blocksOf(5_000)),
      asked('And now?'),
      answered([{ type: 'text', text: 'A short one.' }]),
    ]);
    workbench.remember(id);
    const chat = await workbench.openChat();
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
