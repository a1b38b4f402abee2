import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { sizes } from '../support/sizes.ts';
import { journey } from '../support/journey.ts';

journey('keys of the chat work where it has the keyboard, and nowhere else', async ({ workbench }) => {
  const { keyboard } = workbench.page;
  await workbench.openFile('src/orders.ts');
  const chat = await workbench.openChat();
  await chat.ask('Show me code about tea');
  await chat.idle();

  // The size of text and code changes live.
  const before = await sizes(chat);
  assert.equal(before.text, 13);
  await chat.box.click();
  for (const key of ['Control+=', 'Control+=', 'Control+=']) {
    const { text } = await sizes(chat);
    await workbench.page.keyboard.press(key);
    await eventually(async () => assert.equal((await sizes(chat)).text, text + 1));
  }
  const larger = await sizes(chat);
  assert.equal(Math.round((larger.code / before.code) * 100), Math.round((16 / 13) * 100));
  assert.ok(larger.icon > before.icon, 'icons grow with the text');
  assert.equal(await workbench.page.evaluate('visualViewport.scale * devicePixelRatio'), 1, 'the page did not zoom');
  await workbench.page.keyboard.press('Control+-');
  await eventually(async () => assert.equal((await sizes(chat)).text, 15));
  await workbench.page.keyboard.press('Control+0');
  await eventually(async () => assert.deepEqual(await sizes(chat), before));

  // Ctrl+Alt+N begins a conversation.
  await workbench.goToLine(2);
  await keyboard.press('Control+Alt+N');
  // There it is the editor's own.
  await workbench.page.locator('.tabs-container .tab', { hasText: 'Untitled' }).waitFor();
  assert.equal(await chat.answers.count(), 1);

  await newByKey(chat, () => chat.takeKeyboard());
  // From a button of the page as well: the key is the page's, not the message's.
  await chat.ask('And sencha?');
  await chat.idle();
  await newByKey(chat, async () => {
    await chat.takeKeyboard();
    await chat.answers.last().getByText('You wrote').click();
    await chat.answers.last().getByRole('button', { name: 'Copy as Markdown' }).focus();
  });
});

/** Once more where the editor has not heard yet that the page has the keyboard. */
async function newByKey(chat: Chat, focus: () => Promise<void>): Promise<void> {
  await eventually(async () => {
    if ((await chat.questions.count()) === 0) return;
    await focus();
    await chat.page.keyboard.press('Control+Alt+N');
    await chat.questions.first().waitFor({ state: 'hidden', timeout: 2_000 });
  });
}
