import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';

// The served editor saves by itself, which would hide whether something was written.
journey.use({ settings: { 'files.autoSave': 'off' } });

/** Asks, and presses Apply on the answer's code. */
async function applyAnswerTo(workbench: Workbench, question: string): Promise<void> {
  const chat = await workbench.openChat();
  await chat.ask(question);
  await chat.idle();
  await chat.answers.last().getByRole('button', { name: 'Apply to File' }).click();
}

function diffTab(page: Page, name: string) {
  return page.locator('.tab.active', { hasText: `${name} (` });
}

/** The side of the diff with the proposed text. */
function proposed(page: Page) {
  return page.locator('.monaco-diff-editor .modified .view-lines:not(.line-delete)');
}

journey('a change is shown as a diff, and accepted as one step to undo', async ({ workbench, workspace }) => {
  const { page } = workbench;
  const file = join(workspace, 'src/orders.ts');
  const before = await readFile(file, 'utf8');
  await workbench.openFile('src/prices.ts');
  await applyAnswerTo(workbench, 'Simplify subtotal');
  // Named by the line above the code, not by the editor that is open.
  await diffTab(page, 'orders.ts').waitFor();
  await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  assert.equal(await readFile(file, 'utf8'), before);

  await page.getByRole('button', { name: 'Accept Proposed Change' }).first().click();
  await diffTab(page, 'orders.ts').waitFor({ state: 'detached' });
  const changed = page.locator('.editor-instance .view-line', { hasText: 'order.items.reduce' });
  await changed.waitFor();
  await page.locator('.tab.active.dirty', { hasText: 'orders.ts' }).waitFor();
  assert.equal(await readFile(file, 'utf8'), before);

  await page.keyboard.press('Control+Z');
  await eventually(async () => assert.equal(await changed.count(), 0));
  await page.locator('.tab.active:not(.dirty)', { hasText: 'orders.ts' }).waitFor();
  await page.keyboard.press('Control+Shift+Z');
  await changed.waitFor();
  await page.keyboard.press('Control+S');
  await eventually(async () =>
    assert.equal(
      await readFile(file, 'utf8'),
      before.replace(
        / {2}let sum = 0;\n[^]*? {2}return sum;\n/,
        '  return order.items.reduce((sum, item) => sum + item.price * item.quantity, 0);\n',
      ),
    ),
  );
});

journey(
  'a change that is discarded leaves the file, a new file is created, and where a place is not evident it says so',
  async ({ workbench, workspace }) => {
    await journey.step(
      'a change that is discarded leaves the file; a file that is not there is created from a diff',
      async () => {
        const { page } = workbench;
        const file = join(workspace, 'src/prices.ts');
        const before = await readFile(file, 'utf8');
        await applyAnswerTo(workbench, 'Give me a diff for the discount');
        await diffTab(page, 'prices.ts').waitFor();
        await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
        await page.getByRole('button', { name: 'Discard Proposed Change' }).first().click();
        await diffTab(page, 'prices.ts').waitFor({ state: 'detached' });

        const chat = await workbench.chat();
        await chat.answers.last().getByRole('button', { name: 'Apply to File' }).click();
        await diffTab(page, 'prices.ts').waitFor();
        await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
        await page.locator('.monaco-diff-editor .monaco-editor.focused').waitFor();
        await page.keyboard.press('Control+Backspace');
        await diffTab(page, 'prices.ts').waitFor({ state: 'detached' });
        assert.equal(await readFile(file, 'utf8'), before);
        assert.equal(await page.locator('.tab.dirty').count(), 0);

        // One that is not there yet is created.
        const created = join(workspace, 'src/taxes.ts');
        await applyAnswerTo(workbench, 'Put the tax into a new file');
        await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Create src/taxes.ts' }).waitFor();
        await page.keyboard.press('Enter');
        await diffTab(page, 'taxes.ts').waitFor();
        await proposed(page).locator('.view-line', { hasText: 'withTax' }).waitFor();
        assert.equal(existsSync(created), false);
        await page.locator('.monaco-diff-editor .monaco-editor.focused').waitFor();
        await page.keyboard.press('Control+Enter');
        await page.locator('.tab.active', { hasText: /^taxes\.ts$/ }).waitFor();
        await eventually(async () => assert.match(await readFile(created, 'utf8'), /^import type [^]*\}\n$/));
      },
    );

    await journey.step('where a place is not evident the cursor is offered', async () => {
      const { page } = workbench;
      await workbench.openFile('src/orders.ts');
      await workbench.goToLine(29);
      await applyAnswerTo(workbench, 'Count the items of an order');
      const box = page.locator('.quick-input-widget:visible');
      await box.locator('input[placeholder="It is not clear where in the file this code belongs."]').waitFor();
      await box.locator('.monaco-list-row', { hasText: 'Insert at Cursor' }).waitFor();
      await page.keyboard.press('Enter');
      await diffTab(page, 'orders.ts').waitFor();
      await page.locator('.monaco-diff-editor .modified .line-insert').first().waitFor();
      await page.getByRole('button', { name: 'Accept Proposed Change' }).first().click();
      await page.locator('.tab.active.dirty', { hasText: 'orders.ts' }).waitFor();
      await page.locator('.statusbar-item', { hasText: 'Ln 30,' }).waitFor();
      await page.locator('.editor-instance .view-line', { hasText: 'function itemCount' }).waitFor();
    });
  },
);

journey('a file that changed meanwhile is not written over', async ({ workbench, workspace }) => {
  const { page } = workbench;
  const file = join(workspace, 'src/orders.ts');
  const changedMeanwhile = (await readFile(file, 'utf8')).replace('/** The sum', '// New.\n/** The sum');
  await applyAnswerTo(workbench, 'Simplify subtotal');
  await diffTab(page, 'orders.ts').waitFor();
  await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  await writeFile(file, changedMeanwhile);
  // The diff follows the file: now it would take this line away.
  await page.locator('.monaco-diff-editor .line-delete', { hasText: '// New.' }).first().waitFor();
  await page.locator('.monaco-diff-editor .monaco-editor.focused').waitFor();
  await page.keyboard.press('Control+Enter');
  await workbench.notification('orders.ts has changed since this change was proposed, so nothing was applied.');
  assert.equal(await readFile(file, 'utf8'), changedMeanwhile);
  assert.equal(await page.locator('.tab.dirty').count(), 0);

  await workbench.command('Notifications: Show Notifications');
  await page.getByRole('button', { name: 'Compare Again' }).click();
  await proposed(page).locator('.view-line', { hasText: '// New.' }).waitFor();
  await page.getByRole('button', { name: 'Accept Proposed Change' }).first().click();
  await page.locator('.tab.active.dirty', { hasText: 'orders.ts' }).waitFor();
  await page.locator('.editor-instance .view-line', { hasText: 'order.items.reduce' }).waitFor();
});
