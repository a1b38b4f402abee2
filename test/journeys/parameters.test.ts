import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey('parameters are kept as a preset, and come back with it', async ({ workbench }) => {
  const chat = await workbench.openChat();
  const { frame } = chat;
  await workbench.command('Marginalia: Show Parameters');
  await frame.getByLabel('top_k', { exact: true }).fill('7');
  await chat.button(/^Parameters \(1 set\)$/).waitFor();
  await chat.button('Save as Preset…').click();
  await (await workbench.textInput()).fill('sevenfold');
  await chat.page.keyboard.press('Enter');
  await chat.button('Leave top_k to the Settings').click();
  await chat.button(/^Parameters$/).waitFor();
  await chat.button('Apply Preset…').click();
  await chat.page.locator('.quick-input-list .monaco-list-row', { hasText: 'sevenfold' }).click();
  await eventually(async () => assert.equal(await frame.getByLabel('top_k', { exact: true }).inputValue(), '7'));
});
