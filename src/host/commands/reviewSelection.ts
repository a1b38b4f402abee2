import * as vscode from 'vscode';
import { selectionExcerpt } from '../excerpts.ts';
import { showInformation } from '../show.ts';
import type { Ask } from './ask.ts';
import { askInLanguage } from './askInLanguage.ts';

export async function reviewSelection(ask: Ask): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const excerpt = editor && selectionExcerpt(editor);
  if (!excerpt) {
    void showInformation(vscode.l10n.t('Select the code to review.'));
    return;
  }
  await ask('review', askInLanguage(vscode.l10n.t('Review this code.')), [excerpt]);
}
