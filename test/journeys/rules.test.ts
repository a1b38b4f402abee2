import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import { journey } from '../support/journey.ts';

journey('rules of the project go along once they are switched on, as they are then', async ({ stage }) => {
  const { workbench, endpoint, workspace } = stage;
  const chat = await workbench.openChat();
  const systemOf = async (index: number): Promise<string> => {
    const { body } = await endpoint.arrival(index);
    return (body as { system?: string }).system ?? '';
  };
  const ask = async (text: string): Promise<void> => {
    await chat.ask(text);
    await chat.idle();
  };
  // A link out of the folder is no rule of the project.
  await symlink('/etc/hostname', join(workspace, 'CLAUDE.md'));
  await writeFile(join(workspace, 'AGENTS.md'), 'Prefer plain words.\n');
  const offer = chat.frame.getByRole('button', { name: 'Switch on the rules of AGENTS.md' });
  await offer.waitFor();
  await ask('Before');
  assert.doesNotMatch(await systemOf(0), /plain words/);
  await workbench.command('Marginalia: New Conversation');
  await offer.click();
  const inEffect = chat.frame.getByRole('button', { name: 'Rules in effect: AGENTS.md', exact: true });
  await inEffect.waitFor();
  await ask('With rules');
  assert.match(await systemOf(1), /<rules file="AGENTS\.md">\nPrefer plain words\.\n<\/rules>$/);
  await writeFile(join(workspace, 'AGENTS.md'), 'Prefer short words.\n');
  await eventually(async () => {
    await ask('With other rules');
    assert.match(await systemOf(endpoint.requests.length - 1), /Prefer short words/);
  });
  await inEffect.click();
  await workbench.page.locator('.tabs-container .tab.active', { hasText: 'AGENTS.md' }).waitFor();
  await chat.frame.getByRole('button', { name: 'Switch off the rules of AGENTS.md' }).click();
  await eventually(async () => assert.equal(await inEffect.count(), 0));
  await ask('Without rules');
  assert.doesNotMatch(await systemOf(endpoint.requests.length - 1), /short words/);
});
