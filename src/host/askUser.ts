import * as vscode from 'vscode';
import type { UserPorts } from '../core/chat/chatParts.ts';
import { showInformation, showWarning } from './show.ts';
import { tellRestored } from './status/tellRestored.ts';
import type { ViewLink } from './places/viewLink.ts';

/** What is asked of the user, and told, while they chat in one place: in the editor's own words and dialogs. */
export function askUser(link: Pick<ViewLink, 'connected' | 'showParameters'>): Omit<UserPorts, 'pickModel'> {
  return {
    mayStop: async () => {
      const stop = vscode.l10n.t('Stop and Ask');
      const sentence = vscode.l10n.t('Marginalia is still answering. Stop that answer and ask this?');
      return (await showInformation(sentence, stop)) === stop;
    },
    cannotCount: () => {
      void showInformation(vscode.l10n.t('This endpoint cannot count tokens, so the number is an estimate.'));
    },
    cannotSummarize: why => {
      void showInformation(
        why === 'running'
          ? vscode.l10n.t('Wait for the answer to end, or stop it first.')
          : vscode.l10n.t('There is nothing to summarize yet.'),
      );
    },
    restored: (result, undo) => void tellRestored(result, undo),
    // The view says it beside the message, and shows where it is to be mended.
    tellWrong: ([first]) => {
      if (!first) return;
      if (link.connected) link.showParameters();
      void showWarning(vscode.l10n.t('Nothing was sent, since {0} is wrong: {1}', first.name, first.problem));
    },
    t: vscode.l10n.t,
  };
}
