import * as vscode from 'vscode';
import { type GitApi, gitApi, type GitRepository } from '../workspace/git.ts';
import { readFileChanges, readStaged, readUnstaged } from './readChanges.ts';
import type { Reader } from './reading.ts';

/**
 * What a menu of the source control view was opened on: groups, files, or folders as the files in them. Undefined where
 * it is nothing of a repository.
 */
export async function readersOfPicked(resources: readonly unknown[]): Promise<Reader[] | undefined> {
  const git = await gitApi();
  if (!git) return undefined;
  const groups = resources.filter(isGroup);
  const readers = [...groups.flatMap(group => readersOfGroup(git, group)), ...readersOfFiles(git, urisOf(resources))];
  return readers.length > 0 ? readers : undefined;
}

/** The part of the editor's resource groups that is used here. */
interface ResourceGroup {
  id: string;
  resourceStates: unknown[];
}

function isGroup(resource: unknown): resource is ResourceGroup {
  return (
    typeof resource === 'object' &&
    resource !== null &&
    'id' in resource &&
    'resourceStates' in resource &&
    Array.isArray(resource.resourceStates)
  );
}

function readersOfGroup(git: GitApi, { id: group, resourceStates }: ResourceGroup): Reader[] {
  const uris = urisOf(resourceStates);
  const repository = uris[0] && git.getRepository(uris[0]);
  if (!repository) return [];
  if (group === 'index') return [id => readStaged(id, repository)];
  if (group === 'workingTree') return [id => readUnstaged(id, repository)];
  // What is merged, and what is untracked where the user has that in a group of its own.
  return [id => readFileChanges(id, repository, uris)];
}

/** One for each repository: several of them may stand in the view, and be selected at once. */
function readersOfFiles(git: GitApi, uris: readonly vscode.Uri[]): Reader[] {
  // By its root: the API makes a new object at each call.
  const found = new Map<string, { repository: GitRepository; files: vscode.Uri[] }>();
  for (const uri of uris) {
    const repository = git.getRepository(uri);
    if (!repository) continue;
    const root = repository.rootUri.toString();
    found.set(root, { repository, files: [...(found.get(root)?.files ?? []), uri] });
  }
  return [...found.values()].map(
    ({ repository, files }) =>
      id =>
        readFileChanges(id, repository, files),
  );
}

/** Each file once: it stands there twice where it is staged in part, or selected together with its folder. */
function urisOf(states: readonly unknown[]): vscode.Uri[] {
  const uris = states.flatMap(state =>
    typeof state === 'object' && state !== null && 'resourceUri' in state && state.resourceUri instanceof vscode.Uri
      ? [state.resourceUri]
      : [],
  );
  return [...new Map(uris.map(uri => [uri.toString(), uri])).values()];
}
