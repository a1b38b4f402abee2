import assert from 'node:assert/strict';
import { view } from '../support/view.ts';

// The served editor saves by itself, which would hide whether something was written.
view.use({ settings: { 'files.autoSave': 'off' } });

view('a block of code collapses and expands, by mouse and by keyboard', async ({ workbench }) => {
  const chat = await workbench.openChat();
  const { page } = workbench;
  await chat.ask('Tell me all prices');
  await chat.idle();
  const block = chat.answers.last().locator('.code-block');
  const code = block.locator('pre');
  assert.ok(await code.isVisible());
  const toggle = block.locator('.code-toggle');
  assert.equal(await toggle.getAttribute('aria-label'), 'Collapse: ts');
  await toggle.click();
  await code.waitFor({ state: 'hidden' });
  assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
  assert.equal(await toggle.getAttribute('aria-label'), 'Expand (123 lines): ts');
  await toggle.focus();
  await page.keyboard.press('Enter');
  await code.waitFor();
  assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
});
