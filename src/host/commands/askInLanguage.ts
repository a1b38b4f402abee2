import * as vscode from 'vscode';
import { answeredInLanguage } from '../../core/prompts/answerLanguage.ts';

/** What a command asks by itself, with the wish for an answer in the display language. */
export function askInLanguage(text: string): string {
  return answeredInLanguage(text, vscode.env.language, vscode.l10n.t);
}
