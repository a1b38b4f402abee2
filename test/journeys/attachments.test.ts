import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

journey('a pasted image is a chip, survives a reload, and goes with the message', async ({ workbench, endpoint }) => {
  let chat = await workbench.openChat();
  await chat.box.click();
  await chat.paste('dot.png', png);
  await chat.frame.getByText('dot.png').waitFor();
  await workbench.reload();
  chat = await workbench.openChat();
  await chat.frame.getByText('dot.png').waitFor();
  await chat.ask('What is this?');
  await chat.idle();
  const { messages } = (await endpoint.arrival(0)).body as { messages: { content: unknown[] }[] };
  assert.deepEqual(messages[0]?.content, [
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
    { type: 'text', text: 'What is this?' },
  ]);
  assert.match(await chat.questions.innerText(), /dot\.png/);
  await eventually(async () => assert.equal(await chat.button('Remove dot.png').count(), 0));
});

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
