import { existsSync, mkdirSync, renameSync } from 'node:fs';
import * as vscode from 'vscode';
import { openSqliteStore } from '../core/chat/sqliteStore.ts';
import type { ConversationStore } from '../core/chat/store.ts';

/**
 * Opens the conversations in the extension's own folder. A file that can't be read as a database is set aside, never
 * deleted, and said; if nothing can be written at all, the conversations last as long as the window.
 */
export function openStore(folder: vscode.Uri, log: vscode.LogOutputChannel): ConversationStore {
  mkdirSync(folder.fsPath, { recursive: true });
  const path = vscode.Uri.joinPath(folder, 'conversations.sqlite').fsPath;
  try {
    return openSqliteStore(path);
  } catch (error) {
    log.error('The conversations could not be opened:', String(error));
    return isDamage(error) ? openAnew(path, log) : openInMemory(String(error));
  }
}

/** SQLite's own words for a file that is no database or has lost pages. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && /not a database|malformed/i.test(error.message);
}

function openAnew(path: string, log: vscode.LogOutputChannel): ConversationStore {
  const aside = `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  try {
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    const store = openSqliteStore(path);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The stored conversations could not be read. The file was kept as {0} and a new one was begun.',
        aside,
      ),
    );
    return store;
  } catch (error) {
    log.error('No new file for the conversations could be begun:', String(error));
    return openInMemory(String(error));
  }
}

function openInMemory(reason: string): ConversationStore {
  void vscode.window.showErrorMessage(
    vscode.l10n.t('Conversations cannot be stored and will be lost when this window closes: {0}', reason),
  );
  return openSqliteStore(':memory:');
}
