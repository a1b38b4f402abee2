import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventually } from '../../harness/drive/eventually.ts';
import { violations } from '../support/accessibility.ts';
import { view } from '../support/view.ts';

view('what cannot be saved is said with its reason, and is saved once it can be', async ({ workbench, profile }) => {
  let chat = await workbench.openChat();
  await chat.ask('Before');
  await chat.idle();
  const path = join(profile, 'data/User/globalStorage/marginalia.marginalia/conversations.sqlite');
  const other = new DatabaseSync(path);
  try {
    other.exec('BEGIN IMMEDIATE');
    await chat.ask('While it is locked');
    await chat.idle();
    const notice = chat.frame.getByRole('status').filter({ hasText: 'Not saved yet' });
    await notice.getByText('Another program is using the file of the conversations.').waitFor();
    await notice.getByRole('button', { name: 'Export Conversation' }).waitFor();
    assert.deepEqual(await violations(chat.frame, 'sideBar'), []);
    await chat.ask('And once more');
    await chat.idle();
    other.exec('ROLLBACK');
    await eventually(async () => assert.equal(await notice.count(), 0));
  } finally {
    other.close();
  }
  await workbench.reload();
  chat = await workbench.openChat();
  await eventually(async () => assert.equal(await chat.turnCount(), 6));
  await chat.answers.last().getByText('And once more').waitFor();
});
