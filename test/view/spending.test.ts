import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
import { violations } from '../support/accessibility.ts';
import { view } from '../support/view.ts';
import { emptyLedger, spend } from '../../harness/editor/seedLedger.ts';

view.use({ settings: { 'marginalia.budgetPerDay': 10 } });

view('what waits in the queue and summaries ask as well; without a budget nothing does', async ({ stage }) => {
  const { workbench, endpoint, profile, changeSettings } = stage;
  emptyLedger(profile);
  spend(profile, 10);
  const chat = await workbench.openChat();
  const stop = chat.frame.getByRole('region', { name: 'Send this?' });
  await chat.box.fill('Write 2 long paragraphs');
  await chat.box.press('Enter');
  await stop.waitFor();
  await eventually(async () => assert.notEqual(await chat.box.inputValue(), ''));
  endpoint.faults.next({ kind: 'stall', afterPieces: 3 });
  await workbench.page.keyboard.press('Control+Enter');
  await chat.stopButton.waitFor();
  await chat.box.fill('Queued');
  await chat.box.press('Enter');
  await chat.frame.getByRole('list', { name: 'Waiting to be sent' }).getByText('Queued').waitFor();
  await chat.stopButton.click();
  await chat.idle();
  await chat.button('Send Now').click();
  await stop.getByText('Queued').waitFor();
  await stop.getByRole('button', { name: 'Cancel' }).click();
  await chat.frame.getByRole('list', { name: 'Waiting to be sent' }).getByText('Queued').waitFor();
  await chat.button('Continue').click();
  await stop.getByText('Continue').waitFor();
  await stop.getByRole('button', { name: 'Cancel' }).click();
  await chat.button(/^Next request/).click();
  await chat.button('Make Room…').click();
  await chat.button('Summarize Older Turns').click();
  await stop.getByText('Summarize Older Turns').waitFor();
  await stop.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(endpoint.requests.length, 1);

  await chat.button('Remove Queued Message').click();
  await changeSettings({ 'marginalia.budgetPerDay': 0 });
  await chat.box.fill('Without a budget');
  // The new setting takes a moment to arrive.
  await eventually(async () => {
    if (await stop.isVisible()) await workbench.page.keyboard.press('Escape');
    await chat.box.press('Enter');
    assert.equal(endpoint.requests.length, 2);
  });
  await chat.idle();
});

view('a budget warns once, then stops what would be sent, and lets it go when told', async ({ stage }) => {
  const { workbench, endpoint, profile } = stage;
  emptyLedger(profile);
  const chat = await workbench.openChat();
  const { keyboard } = workbench.page;
  await chat.ask('Hello');
  await chat.idle();
  spend(profile, 8.5);
  await chat.ask('Hello again');
  await chat.idle();
  await workbench.notification('85% of today’s budget of $10.00 is used.');
  await chat.ask('And again');
  await chat.idle();
  assert.equal(workbench.editor.notifications.filter(({ text }) => text.includes('budget')).length, 1, 'it warns once');
  assert.equal(endpoint.requests.length, 3);

  // A message stays where it was written, with what is beside it.
  spend(profile, 1.5);
  spend(profile, null);
  const stop = chat.frame.getByRole('region', { name: 'Send this?' });
  await chat.box.fill('One more thing');
  await chat.box.press('Enter');
  await stop.getByText('Today’s budget of $10.00 is used up.').waitFor();
  await stop.getByText(/About \$10\.\d\d have been spent.* 1 request without a known price is not counted\./).waitFor();
  await eventually(async () => assert.equal(await chat.box.inputValue(), 'One more thing'));
  assert.deepEqual(await violations(chat.frame, 'sideBar'), []);
  await keyboard.press('Escape');
  await stop.waitFor({ state: 'hidden' });
  assert.equal(await chat.box.inputValue(), 'One more thing');
  assert.equal(endpoint.requests.length, 3);

  // This once; the next one is stopped again.
  await chat.box.press('Enter');
  await eventually(async () => assert.equal(await chat.box.inputValue(), 'One more thing'));
  await stop.getByRole('button', { name: 'Send Anyway' }).click();
  await endpoint.arrival(3);
  await chat.idle();
  assert.equal(await chat.box.inputValue(), '');

  // What is asked again is stopped as well, and a changed question is not lost.
  await chat.answers.last().hover();
  await chat.answers.last().getByRole('button', { name: 'Try Again', exact: true }).click();
  await stop.getByText('Today’s budget').waitFor();
  await stop.getByRole('button', { name: 'Cancel' }).click();
  await chat.questions.last().hover();
  await chat.questions.last().getByRole('button', { name: 'More Actions' }).click();
  await chat.frame.getByRole('menuitem', { name: 'Edit' }).click();
  const editor = chat.frame.getByRole('textbox', { name: 'Edit Message' });
  await editor.fill('One more thing, please');
  await editor.press('Enter');
  await stop.getByText('One more thing, please').waitFor();
  await stop.getByRole('button', { name: 'Cancel' }).click();
  await eventually(async () => assert.equal(await editor.inputValue(), 'One more thing, please'));
  await editor.press('Escape');
  workbench.openFile('src/prices.ts', [1, 5]);
  await workbench.command('Marginalia: Explain Selection');
  await stop.getByText('Explain this code.').waitFor();
  assert.equal(endpoint.requests.length, 4);

  await stop.getByRole('button', { name: 'Show Usage' }).click();
  const page = await workbench.panel('.usage-page');
  await page.getByText(/^Today: \$10\.\d\d of \$10\.00$/).waitFor();
  await page.getByRole('button', { name: 'Change Budgets' }).click();
  await eventually(() =>
    assert.deepEqual(workbench.editor.ran.at(-1), [
      'workbench.action.openSettings',
      '@ext:marginalia.marginalia budget',
    ]),
  );
  await workbench.page.bringToFront();
  await stop.getByRole('button', { name: 'Send Anyway' }).click();
  await endpoint.arrival(4);
  await chat.idle();
});
