import * as vscode from 'vscode';
import type { BeforeContent } from '../checkpoints/beforeContent.ts';
import type { ChatController } from '../chatController.ts';
import { showInformation } from '../show.ts';

/** Shows all that the tools of the conversation have changed, each file once: before the first change, and now. */
export async function showConversationChanges(chat: ChatController, before: BeforeContent): Promise<void> {
  const { checkpoints } = await chat.open();
  const files = (await checkpoints?.changedFiles()) ?? [];
  if (files.length === 0) void showInformation(vscode.l10n.t('Nothing was changed in this conversation.'));
  else await before.showChanges(files);
}
