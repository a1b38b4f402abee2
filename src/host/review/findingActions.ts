import * as vscode from 'vscode';
import type { CommandId } from '../../shared/commandIds.ts';
import { type Shown, shown } from '../../shared/shown.ts';
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
        const dismiss = action(
          shown(vscode.l10n.t('Dismiss: {0}', finding.title)),
          'marginalia.dismissFinding',
          finding.id,
        );
        if (finding.replacement === undefined) return [dismiss];
        const apply = action(
          shown(vscode.l10n.t('Apply: {0}', finding.title)),
          'marginalia.applySuggestion',
          finding.id,
        );
        apply.diagnostics = diagnostics;
        return [apply, dismiss];
      }),
  };
}

function action(title: Shown, command: CommandId, findingId: string): vscode.CodeAction {
  const offered = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  offered.command = { title, command, arguments: [findingId] };
  return offered;
}
