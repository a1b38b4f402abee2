import { ended, type Stage } from './stage.ts';

const thoughts = `The user wants to know how long tea keeps. Green tea loses its scent first, within a year; black tea lasts twice as long.

I should say what matters most: **light**, *air* and warmth, in that order.`;

/** Thinking while it runs, folded and unfolded, and the two ways in which it can't be seen. */
export async function thinking({ workbench, endpoint, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  endpoint.faults.next({
    kind: 'script',
    content: [
      { type: 'thinking', thinking: Array.from({ length: 5 }, () => thoughts).join('\n\n') },
      { type: 'text', text: 'Kept dark and dry, green tea is good for a year and black tea for two.' },
    ],
  });
  await chat.ask('How long does tea keep?');
  await chat.button(/^Thinking…/).click();
  await chat.frame.locator('.thinking-seconds', { hasText: '1 s' }).waitFor();
  await album.take(workbench.page, 'thinking');
  await ended(chat);
  await album.take(workbench.page, 'thought-unfolded');
  await chat
    .button(/^Thought for/)
    .last()
    .click();
  endpoint.faults.next({
    kind: 'script',
    content: [
      { type: 'redacted_thinking' },
      { type: 'thinking', thinking: '' },
      { type: 'text', text: 'White tea keeps as long as green tea does.' },
    ],
  });
  await chat.ask('And white tea?');
  await ended(chat);
  await album.take(workbench.page, 'thinking-hidden');
}

/** The same at a larger size, by the key that makes it so. */
export async function largerText({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await chat.box.click();
  await workbench.page.waitForTimeout(500);
  for (let presses = 0; presses < 5; presses++) await workbench.page.keyboard.press('Control+=');
  await chat.frame.locator('html[style*="--scale: 1.3"]').waitFor();
  await album.take(workbench.page, 'larger-text');
  await workbench.page.keyboard.press('Control+0');
}
