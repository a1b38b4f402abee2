import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

interface Place {
  top: number;
  fromEnd: number;
  box: number;
  /** Pixels of the message below what is seen of it. */
  hidden: number;
  view: number;
}

async function place(chat: Chat): Promise<Place> {
  return chat.frame.evaluate<Place>(`{
    const input = document.querySelector('.composer textarea');
    const { scrollTop, scrollHeight, clientHeight } = document.querySelector('.scroller');
    ({
      top: scrollTop,
      fromEnd: Math.round(scrollHeight - scrollTop - clientHeight),
      box: input.clientHeight,
      hidden: input.scrollHeight - input.scrollTop - input.clientHeight,
      view: innerHeight,
    })
  }`);
}

/** The wheel scrolls on for a moment. */
async function standsStill(chat: Chat): Promise<void> {
  await eventually(async () => {
    const { top: before } = await place(chat);
    await chat.page.waitForTimeout(200);
    assert.equal((await place(chat)).top, before);
  });
}

view('the message grows to a share of the view, and the conversation stays where it is', async ({ workbench }) => {
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
  await chat.ask('Write 6 long paragraphs');
  await chat.idle();
  const small = await place(chat);
  assert.ok(Math.abs(small.fromEnd) <= 2, 'at the end');
  await chat.box.click();
  for (let line = 0; line < 30; line++) {
    await keyboard.type(`line ${line}`);
    await keyboard.press('Shift+Enter');
  }
  const grown = await place(chat);
  assert.ok(grown.box > small.box && grown.box <= grown.view * 0.4 + 1, `${grown.box} of ${grown.view} pixels`);
  assert.ok(Math.abs(grown.fromEnd) <= 2, 'still at the end');
  // The padding below it may be out of sight.
  assert.ok(grown.hidden <= 8, `${grown.hidden} pixels below the caret's line`);
  await chat.box.fill('');
  await eventually(async () => assert.ok(Math.abs((await place(chat)).fromEnd) <= 2, 'at the end once more'));
  assert.equal(await chat.button('Latest').count(), 0);

  // A reader who has gone up stays there.
  await chat.log.hover();
  await chat.page.mouse.wheel(0, -200);
  await chat.button('Latest').waitFor();
  await standsStill(chat);
  const { top } = await place(chat);
  await chat.box.click();
  for (let line = 0; line < 12; line++) await keyboard.press('Shift+Enter');
  assert.equal((await place(chat)).top, top);
  await chat.box.fill('');
  assert.equal((await place(chat)).top, top);

  // What leads to the end never takes the keyboard with it.
  const latest = chat.button('Latest');
  await latest.focus();
  await chat.log.hover();
  await chat.page.mouse.wheel(0, 10_000);
  await eventually(async () => assert.ok(Math.abs((await place(chat)).fromEnd) <= 2, 'at the end by the wheel'));
  assert.ok(await latest.evaluate(button => button === document.activeElement));
  await keyboard.press('Shift+Tab');
  await latest.waitFor({ state: 'detached' });
  await chat.page.mouse.wheel(0, -200);
  await latest.waitFor();
  await standsStill(chat);
  await latest.press('Enter');
  await latest.waitFor({ state: 'detached' });
  assert.ok(await chat.box.evaluate(box => box === document.activeElement));
  assert.ok(Math.abs((await place(chat)).fromEnd) <= 2, 'at the end by the key');
});
