import * as vscode from 'vscode';
import { createCodeAction } from '../show.ts';
import type { ReviewThreads } from './reviewThreads.ts';

export const findingActionKinds: vscode.CodeActionProviderMetadata = {
  providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
};

/** The quick fixes of findings: what the comment threads offer to the mouse, for the keyboard. */
export function createFindingActions(threads: ReviewThreads): vscode.CodeActionProvider {
  return {
    provideCodeActions: (document, range, context) =>
      threads.quickFixes(document.uri, range).flatMap(({ finding }) => {
        const diagnostics = context.diagnostics.filter(({ source }) => source === 'Marginalia');
        const dismiss = createCodeAction(
          vscode.l10n.t('Dismiss: {0}', finding.title),
          vscode.CodeActionKind.QuickFix,
          'marginalia.dismissFinding',
          finding.id,
        );
        if (finding.replacement === undefined) return [dismiss];
        const apply = createCodeAction(
          vscode.l10n.t('Apply: {0}', finding.title),
          vscode.CodeActionKind.QuickFix,
          'marginalia.applySuggestion',
          finding.id,
        );
        apply.diagnostics = diagnostics;
        return [apply, dismiss];
      }),
  };
}
