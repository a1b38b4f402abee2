import * as vscode from 'vscode';
import { salvageConversations } from '../core/chat/salvageConversations.ts';
import { inProcess } from '../core/chat/inProcess.ts';
import { openSqliteStore, type SqliteStore } from '../core/chat/sqliteStore.ts';
import type { ConversationStore } from '../core/chat/store.ts';
import { openOrSetAside } from '../core/storage/openOrSetAside.ts';
import { showError, showWarning } from './show.ts';
import { reportStoreFailure } from './storeFailure.ts';

/**
 * The conversations in the extension's own folder, opened at their first use. A damaged file is set aside, never deleted, and
 * said, with what can be read of it in a new one; if nothing can be written at all, the conversations last as long as the window.
 */
export function openStore(folder: vscode.Uri, log: vscode.LogOutputChannel): ConversationStore {
  return inProcess(() => openFile(storePath(folder), log));
}

function openFile(path: string, log: vscode.LogOutputChannel): SqliteStore {
  const { opened, trouble } = openOrSetAside(
    path,
    file => openSqliteStore(file, error => reportStoreFailure(error, log, path)),
    salvageConversations,
  );
  if (!trouble) return opened;
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
  return opened;
}

export function storePath(folder: vscode.Uri): string {
  return vscode.Uri.joinPath(folder, 'conversations.sqlite').fsPath;
}
