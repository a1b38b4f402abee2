import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/drive/eventually.ts';
import type { Chat, Workbench } from '../../harness/drive/workbench.ts';
import { journey } from '../support/journey.ts';

// What is written is written by the tool, or brought back.
journey.use({ settings: { 'files.autoSave': 'off' } });

const question = 'Fix the discount: a rate never goes below zero';
const fixed = /Math\.max\(0, discount\.rate\)/;

async function openToAct(workbench: Workbench): Promise<Chat> {
  const chat = await workbench.openChat();
  await chat.button(/^Choose mode: Chat$/).click();
  await workbench.pick('Act');
  await chat.button('Choose mode: Act').waitFor();
  return chat;
}

/** Has the model change `src/prices.ts`. */
async function change(workbench: Workbench): Promise<Chat> {
  const chat = await openToAct(workbench);
  await chat.ask(question);
  const card = chat.frame.getByRole('region', { name: 'Change src/prices.ts?' });
  await card.getByRole('button', { name: 'Allow', exact: true }).click();
  await chat.idle();
  return chat;
}

const askedIn = (chat: Chat) => chat.frame.getByRole('alertdialog', { name: 'Go back to before this message?' });

async function restore(chat: Chat): Promise<void> {
  await chat.questions.first().hover();
  await chat.button('Restore…').click();
}

journey(
  'a change is taken back with its conversation, which a reload keeps, and that is undone',
  async ({ workbench, workspace }) => {
    const file = join(workspace, 'src/prices.ts');
    const before = await readFile(file, 'utf8');
    await workbench.openFile('src/prices.ts');
    let chat = await change(workbench);
    assert.match(await readFile(file, 'utf8'), fixed);

    await restore(chat);
    await askedIn(chat)
      .getByRole('checkbox', { name: /src\/prices\.ts.*changed back/ })
      .waitFor();
    await askedIn(chat).getByRole('button', { name: 'Files and Conversation' }).click();
    await eventually(async () => assert.equal(await readFile(file, 'utf8'), before));
    await chat.until(`document.getElementById('composer')?.value === ${JSON.stringify(question)}`);
    assert.equal(await chat.questions.count(), 0);

    await workbench.reload();
    chat = await workbench.openChat();
    await chat.until(`document.getElementById('composer')?.value === ${JSON.stringify(question)}`);
    assert.equal(await chat.questions.count(), 0);

    await workbench.command('Marginalia: Undo Restore');
    await eventually(async () => assert.match(await readFile(file, 'utf8'), fixed));
    await chat.questions.first().waitFor();
    await chat.until(`document.getElementById('composer')?.value === ''`);
  },
);

journey('what the user has changed since is left alone unless it is ticked', async ({ workbench, workspace }) => {
  const file = join(workspace, 'src/prices.ts');
  const before = await readFile(file, 'utf8');
  const chat = await change(workbench);
  const edited = `${await readFile(file, 'utf8')}// mine\n`;
  await writeFile(file, edited);

  await restore(chat);
  const box = askedIn(chat).getByRole('checkbox', { name: /changed since/ });
  await box.waitFor();
  assert.equal(await box.isChecked(), false);
  await askedIn(chat).getByRole('button', { name: 'Files Only' }).click();
  await workbench.notification('No file was changed.');
  assert.equal(await readFile(file, 'utf8'), edited);

  await restore(chat);
  await box.check();
  await askedIn(chat).getByRole('button', { name: 'Files Only' }).press('Enter');
  await eventually(async () => assert.equal(await readFile(file, 'utf8'), before));
  await chat.questions.first().hover();
  await chat.button('Undo Restore').click();
  await eventually(async () => assert.equal(await readFile(file, 'utf8'), edited));
});

journey(
  'of a change two hunks are taken, and then taken back: one in its call, one where all changes are seen',
  async ({ workbench, workspace, endpoint }) => {
    const { page } = workbench;
    const file = join(workspace, 'notes.txt');
    const lines = (changed: number[]): string =>
      Array.from({ length: 30 }, (_, at) => (changed.includes(at) ? `new ${at}\n` : `line ${at}\n`)).join('');
    await writeFile(file, lines([]));
    const chat = await openToAct(workbench);
    const input = { command: 'create', path: 'notes.txt', file_text: lines([1, 15, 28]) };
    const call = { type: 'tool_use', id: 'toolu_1', name: 'str_replace_based_edit_tool', input } as const;
    endpoint.faults.next({ kind: 'script', content: [call] });
    await chat.ask('Change three lines.');
    const card = chat.frame.getByRole('region', { name: 'Change notes.txt?' });
    await card.getByRole('checkbox', { name: 'Change 2 of 3, from line 13' }).press('Space');
    await card.getByRole('button', { name: 'Allow 2 of 3 Changes' }).click();
    const { messages } = (await endpoint.arrival(1)).body as { messages: { content: { content: string }[] }[] };
    assert.match(
      messages.at(-1)?.content[0]?.content ?? '',
      /the user has taken 2 of 3 changes[^]*\n-line 15\n\+new 15\n/,
    );
    await chat.idle();
    await eventually(async () => assert.equal(await readFile(file, 'utf8'), lines([1, 28])));
    await chat.button(/^Done: Create notes\.txt/).click();
    await chat.frame.getByText('Change 2 of 3, from line 13: left out').waitFor();
    await chat.frame.getByRole('button', { name: 'Revert Hunk' }).first().press('Enter');
    await chat.frame.getByText('Change 1 of 3, from line 1: taken back').first().waitFor();
    await eventually(async () => assert.equal(await readFile(file, 'utf8'), lines([28])));

    await chat.questions.first().hover();
    await chat.button('Changes of This Conversation').click();
    await page.locator('.tab.active', { hasText: 'Changes of This Conversation' }).waitFor();
    const diff = page.locator('.multiDiffEditor, .multi-diff-editor, .monaco-component.multiDiffEditor').first();
    await diff.getByText('notes.txt').first().waitFor();
    const changed = page.locator('.multiDiffEditor .modified .view-line', { hasText: 'new 28' }).first();
    await changed.click();
    await workbench.command('Marginalia: Revert Hunk');
    await eventually(async () => assert.equal(await readFile(file, 'utf8'), lines([])));
    await page.keyboard.press('Control+Z');
    await changed.waitFor();
  },
);
