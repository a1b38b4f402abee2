import * as vscode from 'vscode';
import type { BaseUrlRefusal } from '../../core/transport/baseUrl.ts';
import { readBaseUrl } from '../config.ts';
import { showError } from '../show.ts';

export function explainRefusal(refusal: BaseUrlRefusal): string {
  switch (refusal) {
    case 'empty':
      return vscode.l10n.t('The base URL is empty.');
    case 'notAUrl':
      return vscode.l10n.t('The base URL is not a web address.');
    case 'notHttps':
      return vscode.l10n.t('The base URL must start with https://, since the key would travel in the clear otherwise.');
    case 'hasCredentials':
      return vscode.l10n.t('The base URL must not hold a user name or a password.');
    case 'hasQuery':
      return vscode.l10n.t('The base URL must not have a part behind “?” or “#”.');
  }
}

/** The origin that the key belongs to. Where the base URL is refused, says why and offers the setting. */
export async function usableOrigin(): Promise<string | undefined> {
  const baseUrl = readBaseUrl();
  if (baseUrl.ok) return baseUrl.origin;
  const open = vscode.l10n.t('Open Settings');
  const chosen = await showError(explainRefusal(baseUrl.refusal), open);
  if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'marginalia.baseUrl');
  return undefined;
}
