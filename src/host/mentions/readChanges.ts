import * as vscode from 'vscode';
import { decodeText, mostFileBytes } from '../../core/context/fileText.ts';
import { newFilePatch, pathsOfPatch } from '../../core/context/patches.ts';
import { holdsPrivateKey, looksSensitive } from '../../core/context/sensitive.ts';
import { bytesWithin } from '../workspace/bytesWithin.ts';
import { displayPath } from '../workspace/excerpts.ts';
import {
  commitPatch,
  type GitCommit,
  type GitRepository,
  stagedPatch,
  uncommittedPatch,
  unstagedPatch,
  untrackedStatus,
} from '../workspace/git.ts';
import { isLink } from '../workspace/realPlaces.ts';
import { type Reading, textAttachment } from './reading.ts';
import { listText } from '../../shared/listText.ts';

/** What stands in the index and not in the last commit. */
export async function readStaged(id: string, repository: GitRepository): Promise<Reading> {
  const patch = await stagedPatch(repository);
  if (patch.trim() === '') return { refusal: vscode.l10n.t('There are no staged changes.') };
  return changes(id, vscode.l10n.t('Staged changes'), `Staged changes in ${nameOf(repository)}:`, patch);
}

/** What stands in the working tree and not in the index, new files included. */
export async function readUnstaged(id: string, repository: GitRepository): Promise<Reading> {
  await repository.status();
  const { workingTreeChanges, untrackedChanges } = repository.state;
  const untracked = [...workingTreeChanges, ...untrackedChanges].filter(({ status }) => status === untrackedStatus);
  const patches = [await unstagedPatch(repository)];
  const left: string[] = [];
  for (const { uri } of untracked) {
    const patch = await newFile(uri);
    if (patch === undefined) left.push(displayPath(uri));
    else patches.push(patch);
  }
  const patch = joined(patches);
  if (patch === '') return { refusal: vscode.l10n.t('There are no changes that are not staged.') };
  const name = vscode.l10n.t('Unstaged changes');
  return changes(id, name, `Changes in ${nameOf(repository)} that are not staged:`, patch, left);
}

/** What a commit has changed against its first parent. */
export async function readCommit(id: string, repository: GitRepository, commit: GitCommit): Promise<Reading> {
  const patch = (await commitPatch(repository, commit.hash)).trim();
  const short = commit.hash.slice(0, 8);
  if (patch === '') return { refusal: vscode.l10n.t('The commit {0} changes no files.', short) };
  const heading = `Commit ${short} in ${nameOf(repository)}: ${commit.message.trim()}`;
  return changes(id, vscode.l10n.t('Commit {0}', short), heading, patch);
}

/** What some files have over the last commit. */
export async function readFileChanges(
  id: string,
  repository: GitRepository,
  uris: readonly vscode.Uri[],
): Promise<Reading> {
  const { workingTreeChanges, untrackedChanges } = repository.state;
  const untracked = new Set(
    [...workingTreeChanges, ...untrackedChanges]
      .filter(({ status }) => status === untrackedStatus)
      .map(({ uri }) => uri.toString()),
  );
  const patches: string[] = [];
  const left: string[] = [];
  for (const uri of uris) {
    const patch = untracked.has(uri.toString()) ? await newFile(uri) : await uncommittedPatch(repository, [uri]);
    if (patch === undefined || patch.trim() === '') left.push(displayPath(uri));
    else patches.push(patch);
  }
  const patch = joined(patches);
  if (patch === '')
    return { refusal: vscode.l10n.t('There are no changes in {0}.', listText(left, vscode.env.language)) };
  const [first] = uris;
  const isOne = uris.length === 1 && first !== undefined;
  const name = isOne
    ? vscode.l10n.t('Changes in {0}', first.path.slice(first.path.lastIndexOf('/') + 1))
    : vscode.l10n.t('Changes in {0} files', uris.length);
  const named = uris.map(displayPath).join(', ');
  return changes(id, name, `Uncommitted changes in ${named}:`, patch, left);
}

function changes(id: string, name: string, heading: string, patch: string, left: readonly string[] = []): Reading {
  const text = patch.replace(/\r\n/g, '\n').trimEnd();
  if (text.length > mostFileBytes) {
    return { refusal: vscode.l10n.t('{0}: this is more than 1 MB of text. Attach single files instead.', name) };
  }
  const attachment = textAttachment({
    id,
    subject: 'changes',
    name,
    heading,
    languageId: 'diff',
    text,
    ...(left.length > 0 && { note: vscode.l10n.t('Left out: {0}', listText(left, vscode.env.language)) }),
  });
  const sensitive = pathsOfPatch(text).filter(looksSensitive);
  return { attachment, sensitive: sensitive.length === 0 && holdsPrivateKey(text) ? [name] : sensitive };
}

async function newFile(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if (await isLink(uri)) return undefined;
    const bytes = await bytesWithin(uri, mostFileBytes);
    const text = bytes && decodeText(bytes);
    return text === undefined ? undefined : newFilePatch(displayPath(uri), text);
  } catch {
    return undefined;
  }
}

function joined(patches: readonly string[]): string {
  return patches
    .map(patch => patch.trimEnd())
    .filter(patch => patch !== '')
    .join('\n');
}

function nameOf({ rootUri }: GitRepository): string {
  return rootUri.path.slice(rootUri.path.lastIndexOf('/') + 1);
}
