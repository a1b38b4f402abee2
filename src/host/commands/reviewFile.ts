import * as vscode from 'vscode';
import { fileExcerpt } from '../workspace/excerpts.ts';
import { showInformation } from '../show.ts';
import type { Ask } from './ask.ts';
import { askInLanguage } from './askInLanguage.ts';

export async function reviewFile(ask: Ask): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || document.getText().trim() === '') {
    void showInformation(vscode.l10n.t('Open the file to review.'));
    return;
  }
  await ask('review', askInLanguage(vscode.l10n.t('Review this file.')), [fileExcerpt(document)]);
}
