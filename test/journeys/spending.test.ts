import assert from 'node:assert/strict';
import { violations } from '../support/accessibility.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';
import { emptyLedger, spend } from '../../harness/editor/seedLedger.ts';

journey.use({ settings: { 'marginalia.budgetPerDay': 10 } });

journey('a budget warns once, then stops what would be sent, and lets it go when told', async ({ stage }) => {
  const { workbench, endpoint, profile } = stage;
  const { keyboard } = workbench.page;
  emptyLedger(profile);
  const chat = await workbench.openChat();
  await chat.ask('Hello');
  await chat.idle();
  spend(profile, 8.5);
  await chat.ask('Hello again');
  await chat.idle();
  await workbench.notification('85% of today’s budget of $10.00 is used.');
  await workbench.command('Notifications: Clear All Notifications');
  await chat.ask('And again');
  await chat.idle();
  await workbench.command('Notifications: Show Notifications');
  assert.equal(
    await workbench.page.locator('.notification-list-item', { hasText: 'budget' }).count(),
    0,
    'it warns once',
  );
  await keyboard.press('Escape');
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
  await workbench.openFile('src/prices.ts');
  await workbench.selectLines(1, 5);
  await workbench.command('Marginalia: Explain Selection');
  await stop.getByText('Explain this code.').waitFor();
  assert.equal(endpoint.requests.length, 4);

  await stop.getByRole('button', { name: 'Show Usage' }).click();
  const page = await workbench.frameWith(/^Today: \$10\.\d\d of \$10\.00$/);
  await page.getByRole('button', { name: 'Change Budgets' }).click();
  await workbench.page.locator('.settings-editor').getByText('Budget Per Day').first().waitFor();
  await stop.getByRole('button', { name: 'Send Anyway' }).click();
  await endpoint.arrival(4);
  await chat.idle();
});
