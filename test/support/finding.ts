import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

/** The place of the turn and the text that is painted as the current match, where it is in view. */
export function currentMatch(chat: Chat): Promise<string> {
  return chat.frame.evaluate(`(() => {
    const [range] = CSS.highlights.get('find-current') ?? [];
    if (!range) return 'none';
    const box = range.getBoundingClientRect();
    const view = document.querySelector('.scroller').getBoundingClientRect();
    const turn = range.startContainer.parentElement.closest('article').ariaPosInSet;
    return box.height > 0 && box.top >= view.top && box.bottom <= view.bottom ? turn + ': ' + range.toString() : 'not in view';
  })()`);
}

/** Searches the conversation for a term, by the keyboard. */
export async function find(chat: Chat, term: string): Promise<void> {
  const input = chat.frame.getByRole('textbox', { name: 'Find' });
  // A conversation that was just opened is about to get the focus.
  await eventually(async () => {
    await chat.page.keyboard.press('Control+F');
    await input.and(chat.frame.locator(':focus')).waitFor({ timeout: 1_000 });
  });
  await chat.page.keyboard.press('Control+A');
  await chat.page.keyboard.type(term);
}

/** Such as `1 of 3`. */
export function count(chat: Chat): Promise<string> {
  return chat.frame.locator('.find-count').innerText();
}
