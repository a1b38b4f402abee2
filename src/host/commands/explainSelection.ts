import * as vscode from 'vscode';
import { selectionExcerpt, symbolExcerpt } from '../excerpts.ts';
import type { Ask } from './ask.ts';

/** Explains the selection, or without one the symbol or block at the cursor. */
export async function explainSelection(ask: Ask): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and select the code to explain.'));
    return;
  }
  const excerpt = selectionExcerpt(editor) ?? (await symbolExcerpt(editor));
  if (!excerpt) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no code here to explain.'));
    return;
  }
  await ask('explain', vscode.l10n.t('Explain this code.'), [excerpt]);
}
