import * as vscode from 'vscode';
import type { ConversationStore } from '../../core/conversation/store.ts';
import { WorkerStore } from '../../core/store/workerStore.ts';
import type { StorageTrouble } from '../../core/storage/openOrSetAside.ts';
import { listText } from '../../shared/listText.ts';
import { showError, showWarning } from '../show.ts';
import { reportStoreFailure } from './storeFailure.ts';

/**
 * The conversations in the extension's own folder, opened at their first use in a thread of their own. A damaged file is set
 * aside, never deleted, and said, with what can be read of it in a new one; if nothing can be written at all, the
 * conversations last as long as the window. `othersWrote` hears of what other windows store.
 */
export function openStore(
  { extensionUri, globalStorageUri }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  othersWrote: () => void,
): ConversationStore {
  const path = storePath(globalStorageUri);
  return new WorkerStore({
    // A bundle of its own beside extension.cjs; see esbuild.mjs.
    script: vscode.Uri.joinPath(extensionUri, 'dist', 'store.cjs').fsPath,
    path,
    troubled: trouble => tellTrouble(trouble, log),
    failed: error => reportStoreFailure(error, log, path),
    othersWrote,
    copiesDeleted: tellDeleted,
  });
}

function tellDeleted(names: string[]): void {
  void showWarning(
    vscode.l10n.t(
      'What is deleted for good may also have stood in copies that cannot be read any more. They were deleted, too: {0}',
      listText(names, vscode.env.language),
    ),
  );
}

function tellTrouble(trouble: StorageTrouble, log: vscode.LogOutputChannel): void {
  log.error('The conversations could not be opened:', trouble.reason);
  if (trouble.kind === 'setAside') {
    void showWarning(
      trouble.salvaged > 0
        ? vscode.l10n.t(
            'The stored conversations were damaged. What could be read of them is here; the damaged file was kept as {0}.',
            trouble.path,
          )
        : vscode.l10n.t(
            'The stored conversations could not be read. The file was kept as {0} and a new one was begun.',
            trouble.path,
          ),
    );
  } else {
    void showError(
      vscode.l10n.t('Conversations cannot be stored and will be lost when this window closes: {0}', trouble.reason),
    );
  }
}

export function storePath(folder: vscode.Uri): string {
  return vscode.Uri.joinPath(folder, 'conversations.sqlite').fsPath;
}
