import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

view('a pasted image is a chip, survives a reload, and goes with the message', async ({ workbench, endpoint }) => {
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
