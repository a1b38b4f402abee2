import * as vscode from 'vscode';
import type { CarriedConversation } from '../../core/carry/carried.ts';

/** The conversation as an HTML page in the language of the editor. */
export async function writePage(conversation: CarriedConversation): Promise<string> {
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const { conversationPage } = await import('./page.cjs');
  return conversationPage(conversation, {
    t: vscode.l10n.t,
    language: vscode.env.language,
  });
}
