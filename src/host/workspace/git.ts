import * as vscode from 'vscode';
import { lastCommit, plainDiff } from '../../core/git/plainDiff.ts';
import { type GitError, gitRunner, type RunGit } from '../../core/git/runGit.ts';

/** The part of the built-in git extension's API (version 1) that is used here. */
export interface GitApi {
  /** The program itself. */
  git: { path: string };
  repositories: GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

export interface GitChange {
  uri: vscode.Uri;
  status: number;
}

export interface GitRepository {
  rootUri: vscode.Uri;
  state: {
    HEAD: { commit?: string } | undefined;
    indexChanges: GitChange[];
    workingTreeChanges: GitChange[];
    untrackedChanges: GitChange[];
  };
  /** The latest commits first. */
  log(options: { maxEntries: number }): Promise<GitCommit[]>;
  status(): Promise<void>;
}

export interface GitCommit {
  hash: string;
  message: string;
  authorName?: string;
  authorDate?: Date;
}

interface GitExtension {
  enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** The number that the API gives to changes of files that git does not track yet. */
export const untrackedStatus = 7;

export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = extension && (await extension.activate());
  return git?.enabled ? git.getAPI(1) : undefined;
}

const mostPatchBytes = 16 * 1024 * 1024;
const longestRunMs = 60_000;

/** Runs the git that the extension has found. Its API leaves out what is staged, and shows what the user's git shows. */
export async function runnerOfGit(signal?: AbortSignal): Promise<RunGit> {
  const path = (await gitApi())?.git.path;
  if (path === undefined) throw new Error(vscode.l10n.t('There is no Git repository open.'));
  const limits = { timeoutMs: longestRunMs, mostBytes: mostPatchBytes };
  return gitRunner(path, signal ? { ...limits, signal } : limits);
}

/** What stands in the index and not in the last commit. */
export async function stagedPatch({ rootUri }: GitRepository): Promise<string> {
  return (await plainDiff(await runnerOfGit(), rootUri.fsPath, ['diff', '--cached'])).toString();
}

/** What files that git knows have in the working tree, and not in the index. */
export async function unstagedPatch({ rootUri }: GitRepository): Promise<string> {
  return (await plainDiff(await runnerOfGit(), rootUri.fsPath, ['diff'])).toString();
}

/** What these files, or all that git knows, have over the last commit. */
export async function uncommittedPatch({ rootUri }: GitRepository, uris: readonly vscode.Uri[] = []): Promise<string> {
  const run = await runnerOfGit();
  const base = await lastCommit(run, rootUri.fsPath);
  const paths = uris.map(({ fsPath }) => fsPath);
  return (await plainDiff(run, rootUri.fsPath, ['diff', base], paths)).toString();
}

/** The patch of a commit against its first parent, or against nothing where it is the first one. */
export async function commitPatch({ rootUri }: GitRepository, hash: string): Promise<string> {
  if (!/^[0-9a-f]{7,64}$/.test(hash)) throw new Error('There is no such commit.');
  const command = ['show', '--format=', '-m', '--first-parent', hash] as const;
  return (await plainDiff(await runnerOfGit(), rootUri.fsPath, command)).toString();
}

/** Why git has given nothing, as a sentence. */
export function gitProblemText({ problem, detail }: GitError): string {
  switch (problem) {
    case 'tooMuch':
      return vscode.l10n.t(
        'The changes are more than {0} MB. Review single files instead.',
        mostPatchBytes / 1024 ** 2,
      );
    case 'tookTooLong':
      return vscode.l10n.t('Git took longer than {0} seconds to read the changes.', longestRunMs / 1000);
    case 'cancelled':
    case 'failed':
      return vscode.l10n.t('Git could not read the changes: {0}', detail);
  }
}
