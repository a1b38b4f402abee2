import * as vscode from 'vscode';
import type { ApiKeys } from '../connection/apiKeys.ts';
import { usableOrigin } from '../connection/baseUrlProblem.ts';
import { showInformation, showWarning } from '../show.ts';

export async function removeApiKey(keys: ApiKeys): Promise<void> {
  const origin = await usableOrigin();
  if (origin === undefined) return;
  if ((await keys.find(origin)).source === 'stored') await keys.remove(origin);
  const left = await keys.find(origin);
  if (left.failure !== undefined) {
    void showWarning(vscode.l10n.t('The API key could not be read: {0}', left.failure));
    return;
  }
  void showInformation(
    left.source === 'environment'
      ? vscode.l10n.t('No API key for {0} is stored now. The key in the environment variable is still used.', origin)
      : vscode.l10n.t('No API key for {0} is stored now.', origin),
  );
}
