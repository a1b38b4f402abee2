import * as vscode from 'vscode';
import type { CommandId } from '../../shared/commandIds.ts';
import { createCodeAction } from '../show.ts';

const kind = vscode.CodeActionKind.Empty.append('marginalia');

/** The lightbulb's entries for a selection. */
export const selectionActions: vscode.CodeActionProvider = {
  provideCodeActions(_document, range) {
    if (range.isEmpty) return [];
    return [
      action(vscode.l10n.t('Explain with Marginalia'), 'explain', 'marginalia.explainSelection'),
      action(vscode.l10n.t('Review with Marginalia'), 'review', 'marginalia.reviewSelection'),
      action(vscode.l10n.t('Write Tests with Marginalia'), 'tests', 'marginalia.runPrompt'),
      action(vscode.l10n.t('Document with Marginalia'), 'document', 'marginalia.runPrompt'),
      action(vscode.l10n.t('Fix with Marginalia'), 'fix', 'marginalia.runPrompt'),
    ];
  },
};

export const selectionActionKinds: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [kind] };

function action(title: string, name: string, command: CommandId): vscode.CodeAction {
  return createCodeAction(title, kind.append(name), command, name);
}
