import * as vscode from 'vscode';
import { toCsv } from '../../core/usage/csv.ts';
import type { UsageLedger } from '../../core/usage/ledger.ts';

/** Writes the whole ledger as CSV to where the user wants it. */
export async function exportUsage(ledger: UsageLedger): Promise<void> {
  const entries = ledger.entries({});
  if (entries.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No usage has been recorded yet.'));
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `marginalia-usage-${new Date().toISOString().slice(0, 10)}.csv`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Usage'),
    filters: { CSV: ['csv'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(toCsv(entries), 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The usage could not be exported: {0}', reason));
    return;
  }
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} requests were exported to {1}.', entries.length, vscode.workspace.asRelativePath(target)),
    open,
  );
  if (chosen === open) await vscode.window.showTextDocument(target);
}
