import * as vscode from 'vscode';
import type { ConversationStore } from '../../core/chat/store.ts';
import type { ChatController } from '../chatController.ts';

/** Offers the stored conversations, the latest first. */
export async function openConversation(store: ConversationStore, chat: ChatController): Promise<void> {
  const format = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  const items = store.list(200).map(({ id, title, updatedAt }) => ({
    id,
    label: title || vscode.l10n.t('Untitled'),
    description: id === chat.session.id ? vscode.l10n.t('open') : format.format(updatedAt),
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no earlier conversations yet.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Open a conversation'),
    matchOnDescription: true,
  });
  if (chosen && chosen.id !== chat.session.id) await chat.show(chosen.id);
}
