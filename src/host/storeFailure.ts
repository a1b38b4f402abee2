import * as vscode from 'vscode';
import { isDamage, markDamaged } from '../core/storage/damage.ts';
import { isDiskFull, isPassing } from '../core/storage/sqliteErrors.ts';
import { showError } from './show.ts';
import { messageOf } from '../shared/messageOf.ts';

let lastReportAt = 0;

/**
 * Says that a save or a read failed; at most once a minute, since a full disk fails every save of a running answer.
 * `path` is the file's: where it is damaged, what can be read of it is salvaged when it is opened next.
 */
export function reportStoreFailure(error: unknown, log: vscode.LogOutputChannel, path: string): void {
  const reason = messageOf(error);
  log.error('The conversation could not be saved:', reason);
  const now = Date.now();
  if (now - lastReportAt < 60_000) return;
  lastReportAt = now;
  if (isDamage(error)) return void offerReload(path);
  void showError(sentenceFor(error, reason));
}

/** What may pass is tried again; see Saves. */
function sentenceFor(error: unknown, reason: string): string {
  if (isDiskFull(error)) {
    return vscode.l10n.t('The disk is full. The conversation goes on in memory, and is saved once there is room.');
  }
  return isPassing(error)
    ? vscode.l10n.t('The conversation goes on in memory until it can be saved, which is tried again: {0}', reason)
    : vscode.l10n.t('The conversation could not be saved and goes on in memory: {0}', reason);
}

async function offerReload(path: string): Promise<void> {
  markDamaged(path);
  const reload = vscode.l10n.t('Reload Window');
  const chosen = await showError(
    vscode.l10n.t('The stored conversations are damaged. What can be read of them is saved when the window reloads.'),
    reload,
  );
  if (chosen === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
