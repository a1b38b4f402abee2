import * as vscode from 'vscode';
import { looksSensitive } from '../../core/context/sensitive.ts';
import { GitError } from '../../core/git/runGit.ts';
import { type ChangeExcerpts, changeExcerpts, untrackedExcerpts } from '../workspace/changeExcerpts.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { gitApi, gitProblemText, type GitRepository, runnerOfGit } from '../workspace/git.ts';
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
  const named = repositoryOf(source, git.repositories);
  const repositories = named ? [named] : await chooseRepositories(git.repositories);
  const changes = repositories && (await readChanges(repositories));
  if (!changes) return;
  const { untracked } = changes;
  const takesUntracked = untracked.length === 0 ? false : await asksForUntracked(untracked);
  if (takesUntracked === undefined) return;
  const others = await untrackedExcerpts(takesUntracked ? untracked : []);
  const withoutText = [...changes.withoutText, ...others.withoutText];
  const generated = [...changes.generated, ...others.generated];
  if (withoutText.length > 0) {
    void showWarning(vscode.l10n.t('Not reviewed, since there is no text to review: {0}', namesText(withoutText)));
  }
  if (generated.length > 0) {
    void showWarning(vscode.l10n.t('Not reviewed, since programs have made them: {0}', namesText(generated)));
  }
  const excerpts = [...changes.excerpts, ...others.excerpts];
  if (excerpts.length > 0) await ask('review', askInLanguage(vscode.l10n.t('Review these changes.')), excerpts);
  else if (withoutText.length + generated.length === 0) {
    void showInformation(vscode.l10n.t('There are no uncommitted changes to review.'));
  }
}

/** Undefined where it was cancelled, or git has failed, which is said. */
async function readChanges(
  repositories: readonly GitRepository[],
): Promise<(ChangeExcerpts & { untracked: vscode.Uri[] }) | undefined> {
  const stop = new AbortController();
  const title = vscode.l10n.t('Reading the changes…');
  try {
    return await showProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_, token) => {
        token.onCancellationRequested(() => stop.abort());
        return changeExcerpts(await runnerOfGit(stop.signal), repositories);
      },
    );
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (error.problem !== 'cancelled') void showError(gitProblemText(error));
    return undefined;
  }
}

/** Nobody has said yet that these files belong to the project: they may be notes, or hold secrets. */
async function asksForUntracked(untracked: readonly vscode.Uri[]): Promise<boolean | undefined> {
  const paths = untracked.map(displayPath);
  const sensitive = paths.filter(looksSensitive);
  const all = {
    label: vscode.l10n.t('Review them, too'),
    ...(sensitive.length > 0 && {
      detail:
        sensitive.length === 1
          ? vscode.l10n.t('{0} contains what looks like secrets.', namesText(sensitive))
          : vscode.l10n.t('These files contain what looks like secrets: {0}', namesText(sensitive)),
    }),
  };
  const none = { label: vscode.l10n.t('Leave them out') };
  const chosen = await pickOne<vscode.QuickPickItem>(sensitive.length > 0 ? [none, all] : [all, none], {
    title: vscode.l10n.t('Review Changes'),
    placeHolder: vscode.l10n.t('Git does not know these files yet: {0}', namesText(paths)),
  });
  return chosen && chosen === all;
}

const mostNames = 10;

function namesText(names: readonly string[]): string {
  const named = listText(names.slice(0, mostNames), vscode.env.language);
  return names.length > mostNames ? `${named}, …` : named;
}

function repositoryOf(source: unknown, repositories: GitRepository[]): GitRepository | undefined {
  if (typeof source !== 'object' || source === null || !('rootUri' in source)) return undefined;
  return repositories.find(repository => repository.rootUri.toString() === String(source.rootUri));
}

async function chooseRepositories(repositories: GitRepository[]): Promise<GitRepository[] | undefined> {
  if (repositories.length === 0) {
    void showInformation(vscode.l10n.t('There is no Git repository open.'));
    return undefined;
  }
  if (repositories.length === 1) return repositories;
  const single = repositories.map(repository => ({ label: displayPath(repository.rootUri), chosen: [repository] }));
  const all = { label: vscode.l10n.t('All repositories'), chosen: repositories };
  const chosen = await pickOne([...single, all], {
    placeHolder: vscode.l10n.t('Which repository’s changes?'),
  });
  return chosen?.chosen;
}
