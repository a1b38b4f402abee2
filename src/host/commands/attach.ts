import * as vscode from 'vscode';
import type { ChatController } from '../chatController.ts';
import { attachReading } from '../mentions/attachReading.ts';
import { chooseKind } from '../mentions/chooseKind.ts';
import { readMedia } from '../mentions/readFile.ts';

/** Asks what to put beside the message. `answered` is called once nothing more is asked, and before it is read. */
export async function attach(chat: ChatController, answered?: () => void): Promise<void> {
  const placeHolder = vscode.l10n.t('What goes along with the message? Files are also found by typing @ in it.');
  const chosen = await chooseKind(await chat.mentions.kinds(), placeHolder);
  const readers = (await chosen?.readers()) ?? [];
  answered?.();
  for (const reader of readers) await attachReading(chat, reader);
}

/** What was pasted into the view or dropped on it; `data` is base64 and not believed. */
export async function attachData(chat: ChatController, name: string, data: string): Promise<void> {
  await attachReading(chat, id => readMedia(id, name, Buffer.from(data, 'base64')));
}
