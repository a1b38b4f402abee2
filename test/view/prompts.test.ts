import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../harness/drive/eventually.ts';
import { violations } from '../support/accessibility.ts';
import { view } from '../support/view.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

view.use({ pace: 15 });

function options(chat: Chat) {
  return chat.frame.getByRole('listbox', { name: 'Prompts' }).getByRole('option');
}

view('Escape closes the list and does not stop the answer', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
  await chat.ask('Write 60 long paragraphs');
  const { closed } = await endpoint.arrival(0);
  await chat.box.click();
  await keyboard.type('/');
  await options(chat).first().waitFor();
  await keyboard.press('Escape');
  await eventually(async () => assert.equal(await options(chat).count(), 0));
  assert.equal(await chat.stopButton.count(), 1);
  await keyboard.type('re');
  assert.equal(await options(chat).count(), 0, 'it stays closed for this word');
  await keyboard.press('Escape');
  assert.equal((await closed).finished, false, 'with the list closed, Escape stops as ever');
  await chat.box.fill('');
  await keyboard.type('/re');
  await options(chat).first().click();
  assert.equal(await chat.box.inputValue(), '/review ');
  assert.equal(await chat.frame.evaluate('document.activeElement.id'), 'composer', 'a click leaves the keyboard there');
});

view('keys of an input method neither choose nor close', async ({ workbench, context }) => {
  const chat = await workbench.openChat();
  await chat.box.click();
  await chat.page.keyboard.type('/');
  await options(chat).first().waitFor();
  const devtools = await context.newCDPSession(chat.page);
  const key = (event: { key: string; code?: string }): Promise<unknown> =>
    Promise.race([
      devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, ...event }),
      sleep(2_000),
    ]);
  const before = await options(chat).count();
  await devtools.send('Input.imeSetComposition', { text: 'れ', selectionStart: 1, selectionEnd: 1 });
  await key({ key: 'Enter', code: 'Enter' });
  await key({ key: 'Escape', code: 'Escape' });
  assert.equal(await options(chat).count(), before, 'what is composed is no query yet');
  assert.equal(await chat.box.inputValue(), '/れ');
  await devtools.send('Input.insertText', { text: '例' });
  await eventually(async () => assert.equal(await options(chat).count(), 0));
  assert.equal(await chat.box.inputValue(), '/例');
});

view('a slash offers prompts, which the keyboard chooses from', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  const { keyboard } = chat.page;
  const selected = options(chat).and(chat.frame.locator('[aria-selected=true]'));
  await chat.box.click();
  await keyboard.type('/');
  await options(chat).first().waitFor();
  assert.match(await options(chat).first().innerText(), /explain/);
  await keyboard.press('ArrowDown');
  assert.match(await selected.innerText(), /review/);
  assert.equal(await chat.box.getAttribute('aria-activedescendant'), await selected.getAttribute('id'));
  assert.deepEqual(await violations(chat.frame, 'sideBar'), []);
  await keyboard.press('Tab');
  assert.equal(await chat.box.inputValue(), '/review ');
  assert.equal(await options(chat).count(), 0);
  assert.equal(endpoint.requests.length, 0);
});
