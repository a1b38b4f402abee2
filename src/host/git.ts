import * as vscode from 'vscode';

/** The part of the built-in git extension's API (version 1) that is used here. */
interface GitApi {
  repositories: GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitChange {
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
  status(): Promise<void>;
}

interface GitExtension {
  enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** The numbers that the API gives to changes of files that git does not track yet. */
const untrackedStatus = 7;

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
