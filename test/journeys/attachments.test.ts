import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey('an image by URL is attached and can be taken away; what is no image is refused', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await workbench.command('Marginalia: Attach…');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Image or PDF by URL…' }).click();
  const input = await workbench.textInput();
  await input.fill('http://example.com/cat.png');
  await workbench.page.getByText('An address that begins with https:// is needed.').waitFor();
  await input.fill('https://example.com/cat.png');
  await workbench.page.keyboard.press('Enter');
  await chat.button('Remove cat.png').click();
  await eventually(async () => assert.equal(await chat.frame.locator('.attachment').count(), 0));

  await chat.paste('notes.png', Buffer.from('no image').toString('base64'));
  await workbench.notification('notes.png was not attached: it is none of');
});
