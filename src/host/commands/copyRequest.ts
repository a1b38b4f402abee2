import * as vscode from 'vscode';
import type { ChatController } from '../chatController.ts';

/** Puts the body of the request that would go out now onto the clipboard. It holds no key. */
export async function copyRequest({ session }: ChatController): Promise<void> {
  const { body } = await session.preview(session.unsent.draft);
  await vscode.env.clipboard.writeText(JSON.stringify(body, undefined, 2));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Request copied'), 3000);
}
