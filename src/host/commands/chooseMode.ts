import * as vscode from 'vscode';
import type { ToolMode } from '../../shared/toolMode.ts';
import type { ChatController } from '../chatController.ts';
import { pickOne, showInformation } from '../show.ts';

/** Asks what tools may do in the conversation. Nothing but this and its button changes that. */
export async function chooseMode(chat: ChatController): Promise<void> {
  const { unsent } = await chat.open();
  const picked = await pickOne(
    modes().map(item => ({ ...item, ...(item.mode === unsent.mode && { description: vscode.l10n.t('current') }) })),
    {
      title: vscode.l10n.t('Mode'),
      placeHolder: vscode.l10n.t('What the model may do with your files in this conversation'),
    },
  );
  if (!picked) return;
  if (picked.mode !== 'chat' && !vscode.workspace.isTrusted) await tellUntrusted();
  else unsent.mode = picked.mode;
}

function modes(): (vscode.QuickPickItem & { mode: ToolMode })[] {
  const { t } = vscode.l10n;
  const icon = (id: string): vscode.ThemeIcon => new vscode.ThemeIcon(id);
  return [
    { mode: 'chat', label: t('Chat'), iconPath: icon('comment'), detail: t('No tools: it sees what you send') },
    { mode: 'plan', label: t('Plan'), iconPath: icon('checklist'), detail: t('It may read files of the workspace') },
    {
      mode: 'act',
      label: t('Act'),
      iconPath: icon('edit'),
      detail: t('It may read files, and asks before it changes one'),
    },
  ];
}

async function tellUntrusted(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const chosen = await showInformation(vscode.l10n.t('Tools run only in a workspace that you trust.'), manage);
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
