import { promisify } from 'node:util';
import * as vscode from 'vscode';

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
  /** The patch of one file between the last commit and the working tree. */
  diffWithHEAD(path: string): Promise<string>;
  /** The patch of everything that is staged, or of everything that is not. */
  diff(cached: boolean): Promise<string>;
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

export interface UncommittedFile {
  uri: vscode.Uri;
  /** The patch against the last commit; undefined for a file that git does not track, which is new as a whole. */
  patch: string | undefined;
}

/** Everything that the working tree has over the last commit: staged, unstaged and new files. */
export async function uncommittedFiles(repository: GitRepository): Promise<UncommittedFile[]> {
  await repository.status();
  const { HEAD, indexChanges, workingTreeChanges, untrackedChanges } = repository.state;
  const changes = new Map(
    [...indexChanges, ...workingTreeChanges, ...untrackedChanges].map(change => [change.uri.toString(), change]),
  );
  const files: UncommittedFile[] = [];
  for (const { uri, status } of changes.values()) {
    const isNew = status === untrackedStatus || HEAD?.commit === undefined;
    const patch = isNew ? undefined : await repository.diffWithHEAD(uri.fsPath);
    if (patch !== '') files.push({ uri, patch });
  }
  return files;
}

/** Bytes of a commit's patch that are read. */
const mostPatchBytes = 16 * 1024 * 1024;

/**
 * The patch of a commit against its first parent, or against nothing where it is the first one. The extension's API
 * compares commits with a common past only, and file by file.
 */
export async function commitPatch(repository: GitRepository, hash: string): Promise<string> {
  const path = (await gitApi())?.git.path;
  if (path === undefined || !/^[0-9a-f]{7,64}$/.test(hash)) throw new Error('There is no such commit.');
  // Neither programs that the repository names nor colours.
  const options = ['--format=', '--no-ext-diff', '--no-textconv', '--no-color', '-m', '--first-parent'];
  // Only here: loading it takes as long as most of the host.
  const { execFile } = await import('node:child_process');
  const { stdout } = await promisify(execFile)(path, ['show', ...options, hash], {
    cwd: repository.rootUri.fsPath,
    maxBuffer: mostPatchBytes,
  });
  return stdout;
}
