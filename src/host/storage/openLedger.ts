import * as vscode from 'vscode';
import type { StorageTrouble } from '../../core/storage/openOrSetAside.ts';
import type { UsageLedger } from '../../core/usage/ledger.ts';
import { WorkerLedger } from '../../core/usage/workerLedger.ts';
import { showWarning } from '../show.ts';

/**
 * The usage ledger in the extension's own folder, in a thread of its own. What goes wrong with it is said and never stops
 * an answer: a damaged file is set aside; if nothing can be written, the ledger lasts as long as the window.
 */
export function openLedger(
  { extensionUri, globalStorageUri }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): UsageLedger {
  return new WorkerLedger({
    // A bundle of its own beside extension.cjs; see esbuild.mjs.
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'ledger.cjs').fsPath,
    path: vscode.Uri.joinPath(globalStorageUri, 'usage.sqlite').fsPath,
    troubled: trouble => tellTrouble(trouble, log),
  });
}

function tellTrouble(trouble: StorageTrouble, log: vscode.LogOutputChannel): void {
  log.error('The usage ledger could not be opened:', trouble.reason);
  void showWarning(
    trouble.kind === 'setAside'
      ? vscode.l10n.t(
          'The stored usage could not be read. The file was kept as {0} and a new one was begun.',
          trouble.path,
        )
      : vscode.l10n.t('Usage cannot be stored and will be lost when this window closes: {0}', trouble.reason),
  );
}
