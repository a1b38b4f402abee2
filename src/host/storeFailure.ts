import * as vscode from 'vscode';

let lastReportAt = 0;

/** Says that a save failed; at most once a minute, since a full disk fails every save of a running answer. */
export function reportStoreFailure(error: unknown, log: vscode.LogOutputChannel): void {
  const reason = error instanceof Error ? error.message : String(error);
  log.error('The conversation could not be saved:', reason);
  const now = Date.now();
  if (now - lastReportAt < 60_000) return;
  lastReportAt = now;
  void vscode.window.showErrorMessage(
    vscode.l10n.t('The conversation could not be saved and goes on in memory: {0}', reason),
  );
}
