import assert from 'node:assert/strict';
import axe from 'axe-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import type { Chat } from '../../harness/drive/workbench.ts';

journey.use({ pace: 15 });

function options(chat: Chat) {
  return chat.frame.getByRole('listbox', { name: 'Prompts' }).getByRole('option');
}

journey('a slash offers prompts, which the keyboard chooses from', async ({ workbench, endpoint }) => {
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
  await chat.frame.evaluate(axe.source);
  assert.deepEqual(await chat.frame.evaluate('axe.run(document.body).then(found => found.violations)'), []);
  await keyboard.press('Tab');
  assert.equal(await chat.box.inputValue(), '/review ');
  assert.equal(await options(chat).count(), 0);
  // The editor takes the key first, and hands it back.
  await keyboard.press('Control+Z');
  await eventually(async () => assert.equal(await chat.box.inputValue(), '/', 'picking is one step to undo'));
  assert.equal(endpoint.requests.length, 0);
});
