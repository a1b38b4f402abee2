import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';
import { view } from '../support/view.ts';

view('the keyboard goes from turn to turn, and inside of a block of code', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
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

/** By the name of what has the keyboard. */
async function expectFocus(chat: Chat, name: string): Promise<void> {
  const focused = `document.activeElement.getAttribute('aria-label') ?? ''`;
  await eventually(async () => assert.equal(await chat.frame.evaluate(focused), name));
}
