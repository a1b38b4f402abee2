import * as vscode from 'vscode';
import { messageOf } from '../../shared/messageOf.ts';
import { readShellRules, rulesIn, type ShellRules } from '../../core/shell/shellRules.ts';
import { readShellRules as readSetting, saveShellRules } from '../config.ts';
import { showError } from '../show.ts';

/** The rules for commands that count in this workspace. */
export function commandRules(): ShellRules {
  const { user, workspace } = readSetting();
  return { user: rulesIn(readShellRules(user), workspaceFolder()), workspace: readShellRules(workspace) };
}

/** Adds a rule of the user's that allows such commands in this workspace. */
export async function allowCommand(rule: string): Promise<void> {
  const { user } = readSetting();
  const known: unknown[] = Array.isArray(user) ? user : [];
  try {
    await saveShellRules([...known, { command: rule, decision: 'allow', folder: workspaceFolder() }]);
  } catch (error) {
    // The command itself has been allowed.
    void showError(vscode.l10n.t('The rule could not be saved: {0}', messageOf(error)));
  }
}

/** What tells this workspace from others. */
function workspaceFolder(): string {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
}
