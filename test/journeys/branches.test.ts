import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { journey } from '../support/journey.ts';

journey.use({ pace: 0 });

async function choose(turn: Locator, action: string): Promise<void> {
  await turn.hover();
  await turn.getByRole('button', { name: 'More Actions' }).click();
  await turn.getByRole('menuitem', { name: action }).click();
}

journey('another try stands beside the first, and the two can be compared', async ({ workbench, endpoint }) => {
  const chat = await workbench.openChat();
  await chat.ask('Say one');
  await chat.idle();
  await chat.answers.first().hover();
  await chat.answers.getByRole('button', { name: 'Try Again', exact: true }).click();
  const versions = chat.frame.getByRole('group', { name: 'Version 2 of 2' });
  await versions.waitFor();
  await chat.idle();
  assert.equal(endpoint.requests.length, 2);
  await choose(chat.answers.first(), 'Compare Versions');
  await workbench.page.locator('.monaco-diff-editor').waitFor();
});
