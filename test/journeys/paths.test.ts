import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  'nothing outside of the workspace is a link, and what has gone is not opened',
  async ({ workbench, endpoint, workspace }) => {
    const { page } = workbench;
    await writeFile(join(workspace, '..', 'secret.ts'), 'not of this workspace');
    const inside = join(workspace, 'src/prices.ts');
    const text = `See \`${inside}:3\`, but not \`../secret.ts\`, \`src/../../secret.ts\`, \`/etc/hosts.txt\`, \`src\` or \`/etc/passwd\`.`;
    endpoint.faults.next({ kind: 'script', content: [{ type: 'text', text }] });
    const chat = await workbench.openChat();
    await chat.ask('Where is it?');
    await chat.idle();
    const links = chat.answers.last().getByRole('link');
    await links.first().waitFor();
    assert.deepEqual(await links.allInnerTexts(), [`${inside}:3`]);

    // A page that was taken over gets no further: the host looks for itself.
    await chat.frame.evaluate(`{
    const span = document.querySelector('[data-path="../secret.ts"]');
    span.setAttribute('role', 'link');
    span.click();
  }`);
    await workbench.notification('The file can no longer be opened.');
    assert.equal(await page.locator('.tab', { hasText: 'secret.ts' }).count(), 0);
  },
);
