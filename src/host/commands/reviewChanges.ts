import * as vscode from 'vscode';
import { changeExcerpts } from '../changeExcerpts.ts';
import { displayPath } from '../excerpts.ts';
import { gitApi, type GitRepository } from '../git.ts';
import { pickOne, showError, showInformation, showProgress, showWarning } from '../show.ts';
import type { Ask } from './ask.ts';
import { askInLanguage } from './askInLanguage.ts';
import { listText } from '../../shared/listText.ts';

/** Reviews everything that is not committed yet. `source` is the source control view the command was run from. */
export async function reviewChanges(ask: Ask, source: unknown): Promise<void> {
  const git = await gitApi();
  if (!git) {
    void showError(vscode.l10n.t('Reviewing changes needs the built-in Git extension, which is switched off.'));
    return;
  }
  const repository = repositoryOf(source, git.repositories) ?? (await chooseRepository(git.repositories));
  if (!repository) return;
  const { excerpts, left } = await showProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Reading the changes…') },
    () => changeExcerpts(repository),
  );
  if (left.length > 0) {
    void showWarning(
      vscode.l10n.t('Not reviewed, since there is no text to review: {0}', listText(left, vscode.env.language)),
    );
  }
  if (excerpts.length === 0) {
    if (left.length === 0) {
      void showInformation(vscode.l10n.t('There are no uncommitted changes to review.'));
    }
    return;
  }
  await ask('review', askInLanguage(vscode.l10n.t('Review these changes.')), excerpts);
}

function repositoryOf(source: unknown, repositories: GitRepository[]): GitRepository | undefined {
  if (typeof source !== 'object' || source === null || !('rootUri' in source)) return undefined;
  return repositories.find(repository => repository.rootUri.toString() === String(source.rootUri));
}

async function chooseRepository(repositories: GitRepository[]): Promise<GitRepository | undefined> {
  if (repositories.length === 0) {
    void showInformation(vscode.l10n.t('There is no Git repository open.'));
    return undefined;
  }
  if (repositories.length === 1) return repositories[0];
  const items = repositories.map(repository => ({ label: displayPath(repository.rootUri), repository }));
  const chosen = await pickOne(items, {
    placeHolder: vscode.l10n.t('Which repository’s changes?'),
  });
  return chosen?.repository;
}
