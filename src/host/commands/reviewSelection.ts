import * as vscode from 'vscode';
import { selectionExcerpts } from '../workspace/excerpts.ts';
import { showInformation } from '../show.ts';
import type { Ask } from './ask.ts';
import { askInLanguage } from './askInLanguage.ts';

export async function reviewSelection(ask: Ask): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const excerpts = editor ? selectionExcerpts(editor) : [];
  if (excerpts.length === 0) {
    void showInformation(vscode.l10n.t('Select the code to review.'));
    return;
  }
  await ask('review', askInLanguage(vscode.l10n.t('Review this code.')), excerpts);
}
