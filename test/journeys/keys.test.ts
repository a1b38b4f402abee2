import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { journey } from '../support/journey.ts';

journey('Ctrl+Alt+N begins a conversation where the chat has the keyboard, and nowhere else', async ({ workbench }) => {
  const { keyboard } = workbench.page;
  await workbench.openFile('src/orders.ts');
  const chat = await workbench.openChat();
  await chat.ask('What is oolong?');
  await chat.idle();
  await workbench.goToLine(2);
  await keyboard.press('Control+Alt+N');
  // There it is the editor's own.
  await workbench.page.locator('.tabs-container .tab', { hasText: 'Untitled' }).waitFor();
  assert.equal(await chat.answers.count(), 1);

  await newByKey(chat, () => chat.box.click());
  // From a button of the page as well: the key is the page's, not the message's.
  await chat.ask('And sencha?');
  await chat.idle();
  await newByKey(chat, async () => {
    await chat.answers.last().getByText('You wrote').click();
    await chat.answers.last().getByRole('button', { name: 'Copy as Markdown' }).focus();
  });
});

journey('the keyboard goes from turn to turn, and inside of a block of code', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const { keyboard } = workbench.page;
  endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text: 'So:\n\n```ts\nlet tea;\n```' }] });
  await chat.ask('Show me code');
  await chat.idle();
  await chat.ask('And now?');
  await chat.idle();
  for (const name of ['Assistant, turn 4', 'You, turn 3', 'Assistant, turn 2']) {
    await keyboard.press('Control+ArrowUp');
    await expectFocus(chat, name);
    const outline = `getComputedStyle(document.activeElement).outlineStyle`;
    assert.equal(await chat.frame.evaluate(outline), 'solid', 'the turn shows that it has the keyboard');
  }
  // A block of code is one stop; from there arrows lead to its buttons and back.
  await keyboard.press('Tab');
  await expectFocus(chat, 'Code: ts');
  await keyboard.press('ArrowUp');
  await expectFocus(chat, 'Collapse: ts');
  await keyboard.press('ArrowLeft');
  await expectFocus(chat, 'Copy code');
  await keyboard.press('ArrowDown');
  await expectFocus(chat, 'Code: ts');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await expectFocus(chat, 'Expand (1 line): ts');
  await keyboard.press('ArrowDown');
  await expectFocus(chat, 'Expand (1 line): ts');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Tab');
  // Without its code the block has another stop.
  await expectFocus(chat, 'Expand (1 line): ts');

  for (const name of ['You, turn 3', 'Assistant, turn 4', 'Message']) {
    await keyboard.press('Control+ArrowDown');
    await expectFocus(chat, name);
  }
});

/** Presses again where the editor has not heard yet that the page has the keyboard. */
async function newByKey(chat: Chat, focus: () => Promise<void>): Promise<void> {
  await eventually(async () => {
    if ((await chat.questions.count()) === 0) return;
    await focus();
    await chat.page.keyboard.press('Control+Alt+N');
    await chat.questions.first().waitFor({ state: 'hidden', timeout: 2_000 });
  });
}

/** By the name of what has the keyboard. */
async function expectFocus(chat: Chat, name: string): Promise<void> {
  const focused = `document.activeElement.getAttribute('aria-label') ?? ''`;
  await eventually(async () => assert.equal(await chat.frame.evaluate(focused), name));
}
