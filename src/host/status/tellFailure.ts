import * as vscode from 'vscode';
import { messageOf } from '../../shared/messageOf.ts';
import { showError } from '../show.ts';
import { ToldFailure } from './toldFailure.ts';

/** Says that something failed which nobody else tells of. Nothing is lost by it. */
export function tellFailure(error: unknown, log: (text: string) => void): void {
  if (error instanceof ToldFailure) return;
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  void showError(vscode.l10n.t('Something went wrong inside Marginalia: {0}', messageOf(error)));
}
