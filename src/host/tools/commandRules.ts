import * as vscode from 'vscode';
import { messageOf } from '../../shared/messageOf.ts';
import type { BashPorts } from '../../core/tools/bash.ts';
import type { DecidingFiles } from '../../core/tools/decidingFiles.ts';
import { readShellRules as readSetting, saveShellRules } from '../config.ts';
import type { Judgement, Surroundings } from '../../core/tools/judgeCommand.ts';
import { showError } from '../show.ts';

/** What bash asks of the rules that count in this workspace. */
export function commandRules(deciding: DecidingFiles): Pick<BashPorts, 'judge' | 'allow' | 'allowed'> {
  return {
    judge: (command, surroundings) => judge(command, { ...surroundings, changedSince: known => deciding.since(known) }),
    allow: async rule => {
      await allowCommand(rule);
      await deciding.allowed(rule);
    },
    allowed: known => deciding.allowed(known),
  };
}

async function judge(command: string, surroundings: Omit<Surroundings, 'rules'>): Promise<Judgement> {
  // A bundle of its own beside extension.cjs; see esbuild.mjs.
  const { judgeCommand, readShellRules, rulesIn } = await import('./shell.cjs');
  const { user, workspace } = readSetting();
  const rules = { user: rulesIn(readShellRules(user), workspaceFolder()), workspace: readShellRules(workspace) };
  return judgeCommand(command, { ...surroundings, rules });
}

/** Adds a rule of the user's that allows such commands in this workspace. */
async function allowCommand(rule: string): Promise<void> {
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
