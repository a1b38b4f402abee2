import * as vscode from 'vscode';
import { toCsv } from '../../core/usage/csv.ts';
import { dayOf, ownTimeZone } from '../../core/usage/localDays.ts';
import type { UsageEntry, UsageLedger, UsageSpan } from '../../core/usage/ledger.ts';
import { showError, showInformation } from '../show.ts';
import { messageOf } from '../../shared/messageOf.ts';

/** Writes the ledger, or a span of it, as CSV to where the user wants it. `label` goes into the name of the file. */
export async function exportUsage(ledger: UsageLedger, span: UsageSpan = {}, label = today()): Promise<void> {
  const entries = await read(ledger, span);
  if (!entries) return;
  if (entries.length === 0) {
    void showInformation(
      span.from === undefined
        ? vscode.l10n.t('No usage has been recorded yet.')
        : vscode.l10n.t('No usage was recorded in this span.'),
    );
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `marginalia-usage-${label}.csv`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Usage'),
    filters: { CSV: ['csv'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(toCsv(entries), 'utf8'));
  } catch (error) {
    sayFailed(error);
    return;
  }
  const open = vscode.l10n.t('Open');
  const chosen = await showInformation(
    vscode.l10n.t('{0} requests were exported to {1}.', entries.length, vscode.workspace.asRelativePath(target)),
    open,
  );
  if (chosen === open) await vscode.window.showTextDocument(target);
}

async function read(ledger: UsageLedger, span: UsageSpan): Promise<UsageEntry[] | undefined> {
  try {
    return await ledger.entries(span);
  } catch (error) {
    sayFailed(error);
    return undefined;
  }
}

function sayFailed(error: unknown): void {
  const reason = messageOf(error);
  void showError(vscode.l10n.t('The usage could not be exported: {0}', reason));
}

function today(): string {
  return dayOf(Date.now(), ownTimeZone());
}
