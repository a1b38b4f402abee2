import { eventually } from '../../harness/drive/eventually.ts';
import { seedLedger, spend } from '../../harness/editor/seedLedger.ts';
import { ended, type Stage } from './stage.ts';

export async function answerFigures({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await workbench.command('Marginalia: New Conversation');
  await chat.ask('Compare tea and coffee');
  await ended(chat);
  await chat.answers
    .last()
    .getByRole('button', { name: /^Tokens: / })
    .click();
  await chat.answers.last().getByRole('group', { name: 'What This Answer Took' }).waitFor();
  await album.take(workbench.page, 'answer-figures');
  await workbench.page.keyboard.press('Escape');
  await chat.button(/^Next request/).click();
  await chat.frame.getByRole('region', { name: 'This Conversation' }).waitFor();
  await album.take(workbench.page, 'conversation-sum');
  await workbench.page.keyboard.press('Escape');
}

export async function usagePage({ workbench, album, profile }: Stage): Promise<void> {
  const { page } = workbench;
  seedLedger(profile);
  await workbench.command('Marginalia: Show Usage');
  const usage = await workbench.frameWith('By Day');
  await usage.getByRole('group', { name: /^Cost from / }).focus();
  for (let step = 0; step < 8; step++) await page.keyboard.press('ArrowLeft');
  await album.take(page, 'usage');
  await usage.getByRole('button', { name: '12 months' }).click();
  await usage.getByRole('button', { name: 'Tokens' }).click();
  await usage.getByText('By Month').waitFor();
  await usage.getByText('Show as Table').click();
  await album.take(page, 'usage-by-month');
  await usage.getByRole('button', { name: 'Custom' }).click();
  await usage.getByRole('textbox', { name: 'From' }).fill('2020-01-01');
  await usage.getByRole('textbox', { name: 'To', exact: true }).fill('2020-01-31');
  await usage.getByText(/No request was recorded/).waitFor();
  await album.take(page, 'usage-empty');
  await usage.getByRole('button', { name: '30 days' }).click();
  await usage.getByRole('button', { name: 'Cost' }).click();
  const size = page.viewportSize();
  await page.setViewportSize({ width: 860, height: 900 });
  await usage.getByText('By Day').waitFor();
  await album.take(page, 'usage-narrow');
  if (size) await page.setViewportSize(size);
  await workbench.command('View: Close Editor');
}

/** A budget that is nearly used up, and then is. */
export async function budget({ workbench, endpoint, album, profile }: Stage): Promise<void> {
  const { page } = workbench;
  const chat = await workbench.chat();
  await workbench.changeSettings({ 'marginalia.budgetPerMonth': 1000, 'marginalia.budgetPerDay': 500 });
  spend(profile, 450);
  await chat.ask('Is there much left?');
  await ended(chat);
  await page
    .getByText(/of today’s budget/)
    .first()
    .waitFor();
  await album.take(page, 'budget-warns');
  await workbench.command('Notifications: Clear All Notifications');
  spend(profile, 100);
  const before = endpoint.requests.length;
  await chat.box.fill('And now?');
  await chat.box.press('Enter');
  await chat.frame.getByRole('region', { name: 'Send this?' }).waitFor();
  await eventually(async () => {
    if ((await chat.box.inputValue()) !== 'And now?') throw new Error('The message is not back.');
  });
  if (endpoint.requests.length > before) throw new Error('It was sent.');
  await album.take(page, 'budget-stops');
  await page.keyboard.press('Escape');
  await workbench.command('Marginalia: Show Usage');
  await workbench.frameWith('By Day');
  await album.take(page, 'usage-with-budgets');
  await workbench.command('View: Close Editor');
  await workbench.changeSettings({ 'marginalia.budgetPerMonth': 0, 'marginalia.budgetPerDay': 0 });
  await chat.box.fill('');
}
