import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import { sizes } from '../support/sizes.ts';

journey('keys in the view change its font size live, code with it, and only there', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Show me code about tea');
  await chat.idle();
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
});
