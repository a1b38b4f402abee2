import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { eventually } from '../../harness/drive/eventually.ts';
import { type Journey, journey } from '../support/journey.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';
import { emptyLedger, seedLedger } from '../../harness/editor/seedLedger.ts';

journey.use({ pace: 10 });

journey('the usage page shows, reads aloud and exports what was recorded, and goes on counting', async ({ stage }) => {
  const { workbench, profile, workspace } = stage;
  await workbench.openChat();
  emptyLedger(profile);
  seedLedger(profile);
  const page = await openUsage(stage);
  await page.getByRole('heading', { name: 'By Day' }).waitFor();
  const total = page.locator('.usage-totals');
  await eventually(async () =>
    assert.match((await total.innerText()).replaceAll('\n', ' '), /Cost \$\d+\.\d\d Requests/),
  );
  await page.getByText(/request has no known price|requests have no known price/).waitFor();
  const { page: window } = workbench;

  // Keys read the columns, and every chart has its table.
  await page.getByRole('group', { name: /^Cost from / }).focus();
  await window.keyboard.press('End');
  await page
    .getByRole('status')
    .filter({ hasText: /\d{4}: <?\$[\d.]+, \d+ requests/ })
    .waitFor();
  await page.getByText('Show as Table').click();
  assert.ok((await page.locator('details tbody tr').count()) > 20);
  assert.deepEqual(await page.locator('.usage-section h2').allInnerTexts(), ['By Day', 'By Model', 'By Endpoint']);

  const cost = async (): Promise<string> => (await total.locator('dd').first().innerText()).trim();
  const thirty = await cost();
  await page.getByRole('button', { name: '7 days' }).click();
  await eventually(async () => assert.notEqual(await cost(), thirty));
  await page.getByRole('button', { name: '12 months' }).click();
  await page.getByRole('heading', { name: 'By Month' }).waitFor();
  await page.getByRole('button', { name: 'Tokens' }).click();
  await page.getByRole('group', { name: /^Tokens from / }).waitFor();
  await page.getByRole('button', { name: 'Custom' }).click();
  await page.getByRole('textbox', { name: 'From' }).fill('2020-01-01');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('2020-01-31');
  await page.getByText(/No request was recorded from Jan 1\s–\s31, 2020/).waitFor();
  await page.getByRole('button', { name: '7 days' }).click();

  // A request that ends while it is looked at is counted.
  const requests = async (): Promise<number> => Number(await total.locator('dd').nth(1).innerText());
  await total.waitFor();
  const before = await requests();
  const chat = await workbench.chat();
  await chat.ask('Hello');
  await chat.idle();
  await eventually(async () => assert.equal(await requests(), before + 1));

  await page.getByRole('button', { name: 'Export CSV…' }).click();
  await acceptPath(workbench);
  await workbench.notification(`${before + 1} requests were exported to marginalia-usage-`);
  const [file = ''] = (await readdir(workspace)).filter(name => name.endsWith('.csv'));
  assert.match(file, /^marginalia-usage-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  assert.equal((await readFile(join(workspace, file), 'utf8')).trim().split('\r\n').length, before + 2);

  // By its command all that was ever recorded.
  await workbench.command('Marginalia: Export Usage…');
  await acceptPath(workbench);
  await eventually(async () => {
    const all = (await readdir(workspace)).find(name => name.endsWith('.csv') && name !== file);
    assert.ok(all);
    assert.match(
      await readFile(join(workspace, all), 'utf8'),
      /^\ufeff?started_at,origin,model,purpose[^]*,chat,complete/,
    );
  });

  // Loaded anew, it is there again with what was chosen.
  await workbench.reloadWithTabs(/count\W+7\W+measure\W+tokens/);
  const restored = await workbench.frameWith('By Day');
  assert.equal(await restored.getByRole('button', { name: '7 days' }).getAttribute('aria-pressed'), 'true');
  assert.equal(await restored.getByRole('button', { name: 'Tokens' }).getAttribute('aria-pressed'), 'true');
});

/** The dialog looks at the folder first, and takes no Enter meanwhile. */
async function acceptPath(workbench: Workbench): Promise<void> {
  const input = await workbench.textInput();
  await eventually(async () => {
    await input.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: 2_000 });
  });
}

async function openUsage({ workbench }: Journey): Promise<Frame> {
  await workbench.command('Marginalia: Show Usage');
  return eventually(async () => {
    for (const frame of workbench.page.frames()) {
      const isThere = await frame
        .locator('.usage-page .usage-totals')
        .isVisible()
        .catch(() => false);
      if (isThere) return frame;
    }
    throw new Error('The usage page is not there.');
  });
}
