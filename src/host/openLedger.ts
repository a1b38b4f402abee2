import * as vscode from 'vscode';
import { openOrSetAside } from '../core/storage/openOrSetAside.ts';
import { GuardedLedger, type UsageLedger } from '../core/usage/ledger.ts';
import { openSqliteLedger } from '../core/usage/sqliteLedger.ts';
import { showWarning } from './show.ts';

/**
 * The usage ledger in the extension's own folder. What goes wrong with it is said and never stops an answer: a damaged
 * file is set aside; if nothing can be written, the ledger lasts as long as the window.
 */
export function openLedger(folder: vscode.Uri, log: vscode.LogOutputChannel): UsageLedger {
  return new GuardedLedger(
    () => openFile(folder, log),
    error => log.error('Usage could not be recorded:', String(error)),
  );
}

function openFile(folder: vscode.Uri, log: vscode.LogOutputChannel): UsageLedger {
  const path = vscode.Uri.joinPath(folder, 'usage.sqlite').fsPath;
  const { opened, trouble } = openOrSetAside(path, openSqliteLedger);
  if (!trouble) return opened;
  log.error('The usage ledger could not be opened:', trouble.reason);
  void showWarning(
    trouble.kind === 'setAside'
      ? vscode.l10n.t(
          'The stored usage could not be read. The file was kept as {0} and a new one was begun.',
          trouble.path,
        )
      : vscode.l10n.t('Usage cannot be stored and will be lost when this window closes: {0}', trouble.reason),
  );
  return opened;
}
