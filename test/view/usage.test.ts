import assert from 'node:assert/strict';
import { emptyLedger, seedLedger } from '../../harness/editor/seedLedger.ts';
import { themes } from '../../harness/editor/themes.ts';
import { violations, walk } from '../support/accessibility.ts';
import { view } from '../support/view.ts';

view.use({ pace: 10 });

view('below an answer stands what it took, all of it at a click or a key', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Compare tea and coffee');
  await chat.idle();
  const figures = chat.answers.last().getByRole('button', { name: /^Tokens: [\d,]+ in · [\d,]+ out · <?\$/ });
  await figures.waitFor();
  const before = await figures.boundingBox();
  const card = chat.answers.last().getByRole('group', { name: 'What This Answer Took' });
  await figures.focus();
  await workbench.page.keyboard.press('Enter');
  await card.waitFor();
  const text = (await card.innerText()).replaceAll('\n', ' ');
  for (const part of [
    /Model claude-sonnet-4-5-20250929/,
    /Sent [\d,]+/,
    /Received [\d,]+/,
    /Cost about \$0\.\d{2,4} /,
    /First token after [\d,.]+ (ms|s)/,
    /Speed [\d,.]+ tokens\/s/,
    /Duration [\d,.]+ (ms|s)/,
    /Stop reason end_turn/,
  ]) {
    assert.match(text, part);
  }
  assert.deepEqual(await figures.boundingBox(), before, 'nothing moves');
  assert.equal(await figures.getAttribute('aria-expanded'), 'true');
  assert.deepEqual(await violations(chat.frame, 'sideBar'), []);
  await workbench.page.keyboard.press('Escape');
  await card.waitFor({ state: 'hidden' });
  assert.match((await chat.frame.locator(':focus').textContent()) ?? '', /^Tokens: /);

  // It is kept with the turn.
  await workbench.reload();
  const again = await workbench.openChat();
  await again.answers
    .last()
    .getByRole('button', { name: /^Tokens: / })
    .click();
  const kept = again.answers.last().getByRole('group', { name: 'What This Answer Took' });
  await kept.waitFor();
  assert.equal((await kept.innerText()).replaceAll('\n', ' '), text);
});

view('what the conversation took stands with the size of its next request', async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  await chat.ask('Hello again');
  await chat.idle();
  await chat.answers.last().hover();
  await chat.answers.last().getByRole('button', { name: 'Try Again', exact: true }).click();
  await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
  await chat.idle();
  await chat.button(/^Next request: /).click();
  const sum = chat.frame.getByRole('region', { name: 'This Conversation' });
  await sum.waitFor();
  const text = (await sum.innerText()).replaceAll('\n', ' ');
  assert.match(text, /Requests 3 .*Tokens sent [\d,]+ .*Tokens received [\d,]+ Cost about \$0\.\d{2,4} Show Usage/);
  const card = await chat.frame.getByRole('dialog', { name: 'The Next Request' }).innerText();
  assert.match(card.replaceAll('\n', ' '), /Left in the context window 19\d,\d{3}/);
});

view('the usage page has no accessibility violation in any of the four themes', async ({ stage }) => {
  const { workbench, profile, changeSettings } = stage;
  await workbench.openChat();
  emptyLedger(profile);
  seedLedger(profile);
  await changeSettings({ 'marginalia.budgetPerMonth': 40 });
  await workbench.command('Marginalia: Show Usage');
  const page = await workbench.panel('.usage-page .usage-totals');
  await page.getByRole('button', { name: 'Custom' }).click();
  await page.getByText('Show as Table').click();
  for (const [index, theme] of Object.values(themes).entries()) {
    await changeSettings({ 'workbench.colorTheme': theme });
    await page.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    assert.deepEqual(await violations(page.mainFrame(), 'editor', index === 0 ? 'all' : 'colours'), [], theme);
  }
  await page.locator('.segment').first().click();
  const { missed, outOfOrder, unseen } = await walk(page, page.mainFrame());
  assert.deepEqual({ missed, outOfOrder, unseen }, { missed: [], outOfOrder: [], unseen: [] });
});
