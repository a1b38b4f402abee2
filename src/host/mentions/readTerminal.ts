import { randomUUID } from '../randomUUID.ts';
import * as vscode from 'vscode';
import { mostFileBytes } from '../../core/context/fileText.ts';
import { holdsPrivateKey } from '../../core/context/sensitive.ts';
import { type Reading, textAttachment } from './reading.ts';

/** What is selected in a terminal, which is the active one then: the editor copies from no other. */
export async function readTerminal(id: string, terminal = vscode.window.activeTerminal): Promise<Reading> {
  if (terminal !== vscode.window.activeTerminal) terminal?.show(true);
  const selected = terminal ? await selectedText() : '';
  const text = selected.replace(/\r\n?/g, '\n').trimEnd();
  if (!terminal || text.trim() === '') return { refusal: vscode.l10n.t('Select something in the terminal first.') };
  if (text.length > mostFileBytes) return { refusal: vscode.l10n.t('The selection is too large: 1 MB is the most.') };
  const { name } = terminal;
  const attachment = textAttachment({
    id,
    subject: 'terminal',
    name: vscode.l10n.t('Terminal: {0}', name),
    heading: `Selected in the terminal “${name}”:`,
    languageId: 'text',
    text,
  });
  return { attachment, sensitive: holdsPrivateKey(text) ? [attachment.name] : [] };
}

/**
 * The API does not tell the selection of a terminal, so it is copied, and the clipboard's text put back. Where the copy
 * equals what was there, a second one over another text tells whether anything is selected at all: always writing such
 * a text first would cost the user an image on the clipboard.
 */
async function selectedText(): Promise<string> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  let copied = await copySelection();
  if (copied === before && before !== '') {
    const mark = randomUUID();
    await clipboard.writeText(mark);
    copied = await copySelection();
    if (copied === mark) copied = '';
  }
  if (before !== '') await clipboard.writeText(before);
  return copied;
}

async function copySelection(): Promise<string> {
  await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
  return vscode.env.clipboard.readText();
}
