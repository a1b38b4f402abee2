import * as vscode from 'vscode';
import type { ChatPlace } from '../places/chatPlace.ts';
import { showInformation } from '../show.ts';

/** Takes back what was decided about secrets in the conversation that is shown. */
export function askAboutSecrets({ chat }: Pick<ChatPlace, 'chat'>): void {
  chat.opened?.clearance?.forget();
  void showInformation(vscode.l10n.t('Secrets in this conversation are asked about anew.'));
}
