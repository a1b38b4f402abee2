import { mkdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { openSqliteStore } from '../core/chat/sqliteStore.ts';
import type { ConversationStore } from '../core/chat/store.ts';
import { openOrSetAside } from '../core/storage/openOrSetAside.ts';

/**
 * Opens the conversations in the extension's own folder. A file that can't be read as a database is set aside, never
 * deleted, and said; if nothing can be written at all, the conversations last as long as the window.
 */
export function openStore(folder: vscode.Uri, log: vscode.LogOutputChannel): ConversationStore {
  mkdirSync(folder.fsPath, { recursive: true });
  const path = vscode.Uri.joinPath(folder, 'conversations.sqlite').fsPath;
  const { opened, trouble } = openOrSetAside(path, openSqliteStore);
  if (!trouble) return opened;
  log.error('The conversations could not be opened:', trouble.reason);
  if (trouble.kind === 'setAside') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The stored conversations could not be read. The file was kept as {0} and a new one was begun.',
        trouble.path,
      ),
    );
  } else {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Conversations cannot be stored and will be lost when this window closes: {0}', trouble.reason),
    );
  }
  return opened;
}
