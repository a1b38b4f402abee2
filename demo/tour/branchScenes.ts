import type { Locator } from 'playwright-core';
import { ended, type Stage } from './stage.ts';

/** Versions of a message and its answer, from the menu of a turn. */
export async function branching({ workbench, album }: Stage): Promise<void> {
  const chat = await workbench.chat();
  await workbench.command('Marginalia: New Conversation');
  await chat.ask('Which tea keeps best?');
  await ended(chat);
  await openMenu(chat.questions.last());
  await album.take(workbench.page, 'turn-menu');
  await chat.frame.getByRole('menuitem', { name: 'Edit' }).click();
  const editor = chat.frame.getByRole('textbox', { name: 'Edit Message' });
  await editor.fill('Which tea keeps best, and for how many years?');
  await album.take(workbench.page, 'edit-message');
  await editor.press('Enter');
  await chat.frame.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
  await ended(chat);
  await openMenu(chat.answers.last());
  await chat.frame.getByRole('menuitem', { name: 'Edit' }).click();
  await album.take(workbench.page, 'edit-answer');
  await chat.frame.getByRole('textbox', { name: 'Edit Answer' }).fill('Pu-erh, for decades.');
  await chat.frame.getByRole('button', { name: 'Save' }).click();
  await chat.answers.filter({ hasText: 'decades' }).waitFor();
  await album.take(workbench.page, 'versions');
  await openMenu(chat.answers.last());
  await chat.frame.getByRole('menuitem', { name: 'Compare Versions' }).click();
  await workbench.page.locator('.monaco-diff-editor').waitFor();
  await album.take(workbench.page, 'compare-versions');
  await workbench.command('View: Close Editor');
  await openMenu(chat.questions.last());
  await chat.frame.getByRole('menuitem', { name: 'Delete' }).click();
  await chat.button('Undo').waitFor();
  await album.take(workbench.page, 'deleted-message');
  await chat.button('Undo').click();
  await chat.questions.first().waitFor();
}

async function openMenu(turn: Locator): Promise<void> {
  await turn.hover();
  await turn.getByRole('button', { name: 'More Actions' }).click();
}
