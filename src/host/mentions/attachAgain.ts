import * as vscode from 'vscode';
import { linesNow } from '../../core/context/linesNow.ts';
import type { CodeAttachment } from '../../shared/attachment.ts';
import type { ChatController } from '../chatController.ts';
import { displayPath, excerptOf } from '../workspace/excerpts.ts';
import { attachReading } from './attachReading.ts';
import { readExcerpt, readFile } from './readFile.ts';
import type { Reading } from './reading.ts';
import { unmasked } from './unmasked.ts';

/** Attaches the same file or lines as they are now, in place of what still lies beside the message. */
export async function attachAgain(chat: ChatController, id: string): Promise<void> {
  const session = await chat.open();
  const attachment = session.findAttachment(id);
  if (attachment?.kind !== 'code') return;
  const isAttached = await attachReading(chat, newId => readAgain(newId, attachment));
  if (isAttached) session.unsent.detach([id]);
}

async function readAgain(id: string, { subject, excerpt }: CodeAttachment): Promise<Reading> {
  const uri = vscode.Uri.parse(excerpt.uri, true);
  if (subject === 'file') return readFile(id, uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const { start, end } = linesNow(excerpt, document.getText().split(/\r?\n/));
  const now = excerptOf(document, start - 1, end - 1);
  if (now.code.trim() === '') return { refusal: vscode.l10n.t('{0} is empty.', displayPath(uri)) };
  return unmasked(uri, readExcerpt(id, subject, now));
}
