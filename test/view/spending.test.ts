import assert from 'node:assert/strict';
import { eventually } from '../../harness/drive/eventually.ts';
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
