import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type Read, readAddress, readAttachment, type Refusal } from '../../core/context/attachment.ts';
import type { ChatController } from '../chatController.ts';

/** Asks for images or PDF documents and puts them beside the message. */
export async function attach(chat: ChatController): Promise<void> {
  const fromFile = { label: vscode.l10n.t('From a file…'), iconPath: new vscode.ThemeIcon('file-media') };
  const fromUrl = { label: vscode.l10n.t('From a URL…'), iconPath: new vscode.ThemeIcon('link') };
  const chosen = await vscode.window.showQuickPick([fromFile, fromUrl], {
    title: vscode.l10n.t('Attach Image or PDF'),
    placeHolder: vscode.l10n.t('Images can also be pasted into the message.'),
  });
  if (chosen === fromFile) await attachFiles(chat);
  else if (chosen === fromUrl) await attachFromUrl(chat);
}

async function attachFiles(chat: ChatController): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    filters: { [vscode.l10n.t('Images and PDF')]: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'pdf'] },
  });
  for (const uri of chosen ?? []) {
    const name = uri.path.split('/').at(-1) ?? '';
    try {
      take(chat, name, readAttachment(randomUUID(), name, await vscode.workspace.fs.readFile(uri)));
    } catch {
      void vscode.window.showErrorMessage(vscode.l10n.t('{0} cannot be read.', name));
    }
  }
}

async function attachFromUrl(chat: ChatController): Promise<void> {
  const address = await vscode.window.showInputBox({
    title: vscode.l10n.t('Attach from URL'),
    prompt: vscode.l10n.t('The address of an image or a PDF. The endpoint fetches it; this machine does not.'),
    placeHolder: 'https://',
    validateInput: text => {
      const read = readAddress('', text);
      return text === '' || read.ok ? undefined : refusalText(read.refusal, text);
    },
  });
  if (address === undefined || address === '') return;
  take(chat, address, readAddress(randomUUID(), address));
}

/** What was pasted into the view or dropped on it; `data` is base64 and not believed. */
export function attachData(chat: ChatController, name: string, data: string): void {
  take(chat, name, readAttachment(randomUUID(), name, Buffer.from(data, 'base64')));
}

function take(chat: ChatController, name: string, read: Read): void {
  if (read.ok) chat.session.unsent.attachments = [...chat.session.unsent.attachments, read.attachment];
  else void vscode.window.showErrorMessage(refusalText(read.refusal, name));
}

function refusalText(refusal: Refusal, name: string): string {
  switch (refusal) {
    case 'empty':
      return vscode.l10n.t('{0} is empty.', name);
    case 'unknownType':
      return vscode.l10n.t('{0} is no image and no PDF that the endpoint takes: PNG, JPEG, GIF, WebP or PDF.', name);
    case 'imageTooLarge':
      return vscode.l10n.t('{0} is too large: 3.75 MB are the most for an image.', name);
    case 'documentTooLarge':
      return vscode.l10n.t('{0} is too large: 20 MB are the most for a PDF.', name);
    case 'badAddress':
      return vscode.l10n.t('An address that begins with https:// is needed.');
  }
}
