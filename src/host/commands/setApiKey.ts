import * as vscode from 'vscode';
import { keyProblem } from '../../core/endpoint/keySource.ts';
import type { ApiKeys } from '../apiKeys.ts';
import { usableOrigin } from '../baseUrlProblem.ts';
import { askForText, showInformation, showWarning } from '../show.ts';

/** Asks for the key of the base URL's origin, stores it and says what came of it. Never shows the key. */
export async function setApiKey(keys: ApiKeys): Promise<void> {
  const origin = await usableOrigin();
  if (origin === undefined) return;
  const key = await askForText({
    title: vscode.l10n.t('API key for {0}', origin),
    prompt: vscode.l10n.t('Kept in the editor’s secret storage and sent to {0} only.', origin),
    password: true,
    ignoreFocusOut: true,
    validateInput: explainKeyProblem,
  });
  if (key === undefined || keyProblem(key)) return;
  if ((await keys.store(origin, key.trim())) === 'stored') {
    void showInformation(vscode.l10n.t('The API key for {0} is stored.', origin));
  } else {
    void showWarning(
      vscode.l10n.t(
        'The system’s secret storage did not keep the API key for {0}. It works until this window closes; to keep it, unlock the keyring or set MARGINALIA_API_KEY.',
        origin,
      ),
    );
  }
}

function explainKeyProblem(typed: string): string | undefined {
  switch (typed === '' ? undefined : keyProblem(typed)) {
    case 'empty':
      return vscode.l10n.t('Paste the key, or press Escape to leave things as they are.');
    case 'hasSpaces':
      return vscode.l10n.t('A key has no spaces or line breaks inside it.');
    case 'notAscii':
      return vscode.l10n.t('A key is made of plain letters, digits and signs only.');
    case undefined:
      return undefined;
  }
}
