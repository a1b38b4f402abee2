import * as vscode from 'vscode';
import { listText } from '../../shared/listText.ts';
import type { RestoreResult } from '../../shared/restore.ts';
import { showInformation, showWarning } from '../show.ts';

/** Says what was brought back, and what was not; a restore that was no undoing itself can be undone from there. */
export async function tellRestored(result: RestoreResult, undo: (() => Promise<void>) | undefined): Promise<void> {
  const text = [doneText(result, !undo), leftText(result)].filter(sentence => sentence !== '').join(' ');
  const show = result.failed.length > 0 ? showWarning : showInformation;
  if (!undo) {
    await show(text);
    return;
  }
  const button = vscode.l10n.t('Undo Restore');
  if ((await show(text, button)) === button) await undo();
}

function doneText({ restored }: RestoreResult, isUndone: boolean): string {
  if (isUndone) return vscode.l10n.t('The restore was undone.');
  if (restored === 0) return vscode.l10n.t('No file was changed.');
  return restored === 1
    ? vscode.l10n.t('One file was restored.')
    : vscode.l10n.t('{0} files were restored.', restored.toLocaleString(vscode.env.language));
}

function leftText({ failed }: RestoreResult): string {
  if (failed.length === 0) return '';
  const names = listText(failed, vscode.env.language);
  return vscode.l10n.t('Left as they are, since they have changed since or cannot be written: {0}', names);
}
