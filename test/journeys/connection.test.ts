import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually, patience } from '../../harness/drive/eventually.ts';
import { environmentKey, journey } from '../support/journey.ts';
import type { Workbench } from '../../harness/drive/workbench.ts';

journey('Check Connection asks first, then reports what the endpoint can do', async ({ workbench, endpoint }) => {
  await workbench.command('Marginalia: Check Connection');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.waitFor({ timeout: patience });
  assert.match(await dialog.innerText(), /small requests/);
  await workbench.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden', timeout: patience });
  await workbench.command('Marginalia: Check Connection');
  await dialog.waitFor({ timeout: patience });
  assert.equal(endpoint.requests.length, 0, 'nothing is sent before the user agrees');
  await dialog.getByRole('button', { name: 'Check', exact: true }).click();
  const report = await readReport(workbench, /What was tried/);
  assert.match(report, /Chatting works/);
  for (const ability of ['Model list', 'Streamed answer', 'Counting tokens', 'Tools', 'Thinking']) {
    assert.match(report, new RegExp(`${ability}: yes`));
  }
  assert.equal(report.includes(environmentKey), false);
  assert.equal(endpoint.requests.length, 9);
});

journey(
  'Choose Model offers the endpoint’s own list and takes any other id',
  async ({ workbench, newOrigin: endpoint }) => {
    await workbench.command('Marginalia: Choose Model…');
    const opus = row(workbench, 'Claude Opus 5');
    await opus.waitFor({ timeout: patience });
    assert.match(await opus.innerText(), /1M context · 128K output · \$5 in, \$25 out/);
    assert.match(await row(workbench, 'current').innerText(), /Claude Sonnet 4\.5/);
    assert.equal(endpoint.requests.at(-1)?.headers['x-api-key'], environmentKey);
    const asked = endpoint.requests.length;
    await opus.click();
    const chat = await workbench.openChat();
    await chat.button('claude-opus-5').waitFor();

    await workbench.command('Marginalia: Choose Model…');
    await row(workbench, 'Claude Opus 5').waitFor({ timeout: patience });
    assert.equal(endpoint.requests.length, asked, 'today’s list is not asked for again');
    await workbench.page.keyboard.type('my-own-model');
    await row(workbench, 'Use “my-own-model”').waitFor({ timeout: patience });
    await workbench.page.keyboard.press('Enter');
    await chat.button('my-own-model').waitFor();

    await workbench.command('Marginalia: Choose Model…');
    await row(workbench, 'Used last').waitFor({ timeout: patience });
    endpoint.faults.nextFor('models', { kind: 'status', status: 402, shape: 'relay', message: 'insufficient balance' });
    await workbench.page.getByRole('button', { name: 'Ask the Endpoint Again' }).click();
    await row(workbench, 'The endpoint’s list can’t be had: The account has no credit left').waitFor({
      timeout: patience,
    });
    await row(workbench, 'Claude Sonnet 5').waitFor({ timeout: patience });
    // From the first entry, up is the last one.
    await workbench.page.keyboard.press('ArrowUp');
    await row(workbench, 'Enter another id…').click();
    await workbench.page.getByText('Any model id that the endpoint knows').waitFor({ timeout: patience });
    const input = await workbench.textInput();
    await input.fill('claude-sonnet-4-5-20250929');
    await workbench.page.keyboard.press('Enter');
    await chat.button('claude-sonnet-4-5').waitFor();

    await workbench.command('Marginalia: Choose Model…');
    const haiku = row(workbench, 'Claude Haiku 4.5');
    await haiku.hover();
    await haiku.getByRole('button', { name: 'Add to Favourites' }).click();
    await row(workbench, 'Favourites').waitFor({ timeout: patience });
    assert.match(await row(workbench, 'Favourites').innerText(), /Claude Haiku 4\.5/);
  },
);

function row(workbench: Workbench, text: string): Locator {
  return workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

/** The report once it says `what`, as it stands in the editor. */
async function readReport(workbench: Workbench, what: RegExp): Promise<string> {
  await workbench.page
    .locator('.tabs-container .tab.active', { hasText: 'Connection Check' })
    .waitFor({ timeout: 60_000 });
  return eventually(async () => {
    const text = (await workbench.editor.locator('.view-lines').innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, what);
    return text;
  });
}
