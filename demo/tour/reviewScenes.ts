import { eventually } from '../../harness/drive/eventually.ts';
import { answerTo, ended, type Stage } from './stage.ts';

export async function reviewingFile({ workbench, album }: Stage): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('src/customers.ts');
  const chat = await answerTo(workbench, () => workbench.command('Marginalia: Review File'));
  await album.take(page, 'review-runs');
  await ended(chat);
  await workbench.commentThreads.first().waitFor();
  await album.take(page, 'review-comments');
  await workbench.problem('Marginalia');
  await album.take(page, 'review-problems');
  await workbench.command('View: Hide Panel');
  await chat.answers.last().locator('.finding .disclosure').first().click();
  await album.take(page, 'finding-opened');
  await workbench.command('Marginalia: Clear Review Findings');
  await chat.answers.last().getByText('Nothing is open any more.').waitFor();
  await album.take(page, 'findings-cleared');
}

export async function reviewingChanges({ workbench, album }: Stage): Promise<void> {
  await workbench.openFile('src/prices.ts');
  const chat = await answerTo(workbench, async () => {
    await workbench.command('Marginalia: Review Changes');
    await album.take(workbench.page, 'changes-asked');
    await workbench.pick('Review them, too');
  });
  await ended(chat);
  await workbench.commentThreads.first().waitFor();
  await album.take(workbench.page, 'changes-reviewed');
}

/** Builds on the review of the changes: one of them has a suggestion. */
export async function applyingSuggestion({ workbench, album }: Stage): Promise<void> {
  const thread = workbench.commentThreads.filter({ hasText: '==' }).first();
  await eventually(async () => {
    await workbench.command('Marginalia: Next Finding');
    await thread.waitFor({ timeout: 2_000 });
  });
  await album.take(workbench.page, 'suggestion');
  await thread.getByRole('button', { name: 'Apply Suggestion' }).click();
  await workbench.page.locator('.view-line', { hasText: 'discount.rate === 1' }).waitFor();
  await album.take(workbench.page, 'suggestion-applied');
  await workbench.command('Marginalia: Clear Review Findings');
}
