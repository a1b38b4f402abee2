import * as vscode from 'vscode';
import { isDamage, markDamaged } from '../../core/storage/damage.ts';
import { reasonOf } from '../../core/storage/sqliteErrors.ts';
import { messageOf } from '../../shared/messageOf.ts';
import { unsavedText } from '../status/conversationNotices.ts';
import { showError } from '../show.ts';

/** Milliseconds in which the same is said once: a full disk fails every save of a running answer, and the view shows it. */
const quietMs = 10 * 60_000;

let last = { text: '', at: 0 };

/**
 * Says that a save or a read failed. `path` is the file's: where it is damaged, what can be read of it is salvaged when it
 * is opened next.
 */
export function reportStoreFailure(error: unknown, log: vscode.LogOutputChannel, path: string): void {
  log.error('The conversation could not be saved:', messageOf(error));
  const text = isDamage(error) ? damagedText() : unsavedText(reasonOf(error));
  if (text === last.text && Date.now() - last.at < quietMs) return;
  last = { text, at: Date.now() };
  if (isDamage(error)) void offerReload(path);
  else void showError(text);
}

async function offerReload(path: string): Promise<void> {
  markDamaged(path);
  const reload = vscode.l10n.t('Reload Window');
  if ((await showError(damagedText(), reload)) !== reload) return;
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
}

function damagedText(): string {
  return vscode.l10n.t(
    'The stored conversations are damaged. What can be read of them is saved when the window reloads.',
  );
}
