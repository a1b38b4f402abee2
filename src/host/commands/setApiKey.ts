import * as vscode from 'vscode';
import { knownAddresses } from '../../core/endpoint/keyPlaces.ts';
import { keyProblem } from '../../core/endpoint/keySource.ts';
import { parseBaseUrl } from '../../core/transport/baseUrl.ts';
import type { KeyPlace } from '../../shared/keyPlaces.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';
import { explainRefusal, usableOrigin } from '../connection/baseUrlProblem.ts';
import { readBaseUrlText, readPresetBaseUrl, saveBaseUrl } from '../config.ts';
import { askForText, showInformation, showWarning } from '../show.ts';

/** Asks for the key of the base URL's origin, stores it and says what came of it. Never shows the key. */
export async function setApiKey(keys: ApiKeys): Promise<void> {
  const origin = await usableOrigin();
  if (origin !== undefined) await askForKey(keys, origin);
}

/** The same for where the user says the key is from. That becomes the base URL once there is a key for it. */
export async function setUpKey(keys: ApiKeys, from: KeyPlace): Promise<void> {
  const set = readBaseUrlText();
  const address = from === 'another' ? await askForAddress(set) : knownAddresses(set, readPresetBaseUrl())[from];
  const baseUrl = parseBaseUrl(address ?? '');
  if (!baseUrl.ok || !(await askForKey(keys, baseUrl.origin))) return;
  const before = parseBaseUrl(set);
  if (!before.ok || before.tidy !== baseUrl.tidy) await saveBaseUrl(baseUrl.tidy);
}

function askForAddress(set: string): Thenable<string | undefined> {
  return askForText({
    title: vscode.l10n.t('Address that your key is for'),
    prompt: vscode.l10n.t(
      'Of Anthropic or of a relay that speaks the Messages API. The key is sent there and nowhere else.',
    ),
    value: set,
    ignoreFocusOut: true,
    validateInput: typed => {
      const baseUrl = parseBaseUrl(typed);
      return baseUrl.ok ? undefined : explainRefusal(baseUrl.refusal);
    },
  });
}

/** False where the user has left. */
async function askForKey(keys: ApiKeys, origin: string): Promise<boolean> {
  const key = await askForText({
    title: vscode.l10n.t('API key for {0}', origin),
    prompt: vscode.l10n.t('Kept in the editor’s secret storage and sent to {0} only.', origin),
    password: true,
    ignoreFocusOut: true,
    validateInput: explainKeyProblem,
  });
  if (key === undefined || keyProblem(key)) return false;
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
  return true;
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
