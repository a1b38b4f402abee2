import * as vscode from 'vscode';
import type { TransportKind } from '../../shared/problem.ts';
import { showInformation } from '../show.ts';

/** Lets the other client carry the requests, from the next one on. */
export async function useTransport(kind: TransportKind): Promise<void> {
  await vscode.workspace.getConfiguration('marginalia').update('transport', kind, vscode.ConfigurationTarget.Global);
  void showInformation(
    kind === 'vscode'
      ? vscode.l10n.t('Requests now go through the editor’s network. Try again.')
      : vscode.l10n.t('Requests now go through Marginalia’s own network. Try again.'),
  );
}
