import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey('a path that exists is a link to its line; others are text', async ({ workbench, workspace }) => {
  const { page } = workbench;
  await writeFile(join(workspace, '..', 'secret.ts'), 'not of this workspace');
  const chat = await workbench.openChat();
  await chat.ask('Which files make the totals?');
  await chat.idle();
  const answer = chat.answers.last();
  const link = (name: string) => answer.getByRole('link', { name, exact: true });

  await link('src/orders.ts:25-28').waitFor();
  // Found by its name alone, and named by a link's label.
  await link('prices.ts').waitFor();
  await link('The discount itself').waitFor();
  assert.equal(await link('src/orders.ts:17').count(), 2);
  assert.equal(await link('src/taxes.ts:1').count(), 0);
  assert.equal(await answer.getByText('src/taxes.ts:1').getAttribute('role'), null);

  await link('src/orders.ts:17').first().click();
  await page.locator('.tab.active', { hasText: 'orders.ts' }).waitFor();
  await page.locator('.statusbar-item', { hasText: 'Ln 17,' }).waitFor();

  await link('The discount itself').focus();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'prices.ts' }).waitFor();
  await page.locator('.statusbar-item', { hasText: 'Ln 19,' }).waitFor();

  // The lines that it leads to are shown before it is opened, also what is not saved yet.
  const peek = chat.frame.getByRole('tooltip');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// Not saved\n');
  await link('prices.ts').hover();
  await peek.getByText('// Not saved').waitFor();
  assert.match(await peek.innerText(), /^src\/prices\.ts:1–14/);
  await link('src/orders.ts:25-28').focus();
  await peek.getByText(/^src\/orders\.ts:23–3\d$/).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await peek.count(), 0);
  await workbench.command('File: Revert File');

  const groups = page.locator('.editor-group-container');
  assert.equal(await groups.count(), 1);
  await link('prices.ts').click({ modifiers: ['ControlOrMeta'] });
  await groups.nth(1).locator('.tab.active', { hasText: 'prices.ts' }).waitFor();

  // Drawn anew, the links are there again.
  await workbench.command('View: Hide Secondary Side Bar');
  await page.locator('.part.auxiliarybar').waitFor({ state: 'hidden' });
  const again = await workbench.openChat();
  await again.answers.last().getByRole('link', { name: 'src/orders.ts:25-28' }).waitFor();
});

journey(
  'a symbol that a language knows is a link to it; other names are text',
  async ({ workbench, endpoint, workspace }) => {
    const { page } = workbench;
    await writeFile(join(workspace, 'src/again.ts'), '// Once more\nexport function isEmpty() {}\n');
    // Without a project's own file the language knows what is open, and what that imports.
    await workbench.openFile('src/again.ts');
    await workbench.openFile('src/orders.ts');
    // The language has read its files once the workbench finds the name by it.
    await eventually(async () => {
      await page.keyboard.press('Escape');
      await workbench.command('Go to Symbol in Workspace...');
      await page.keyboard.type('subtotal');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'orders.ts' }).waitFor({ timeout: 5_000 });
    });
    await page.keyboard.press('Escape');
    const text = 'The sum is made by `subtotal()`, see `isEmpty`, `Order.items` and `nothingOfThat`, not by `sum`.';
    const chat = await workbench.openChat();
    const answer = chat.answers.last();
    const link = (name: string) => answer.getByRole('link', { name, exact: true });
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
    await chat.ask('What makes the sum?');
    await chat.idle();
    await link('subtotal()').waitFor();
    await link('isEmpty').waitFor();
    await link('Order.items').waitFor();
    assert.deepEqual(await answer.getByRole('link').allInnerTexts(), ['subtotal()', 'isEmpty', 'Order.items']);

    await link('subtotal()').hover();
    await chat.frame.getByRole('tooltip').getByText('export function subtotal').waitFor();
    await link('subtotal()').click();
    await page.locator('.statusbar-item', { hasText: 'Ln 16,' }).waitFor();

    // Two files have one of this name.
    await link('isEmpty').click();
    await workbench.pick('src/again.ts:2');
    await page.locator('.tab.active', { hasText: 'again.ts' }).waitFor({ timeout: patience });
    await page.locator('.statusbar-item', { hasText: 'Ln 2,' }).waitFor();

    const groups = page.locator('.editor-group-container');
    assert.equal(await groups.count(), 1);
    await link('Order.items').click({ modifiers: ['ControlOrMeta'] });
    await groups.nth(1).locator('.tab.active', { hasText: 'orders.ts' }).waitFor();
  },
);
