import * as vscode from 'vscode';
import { type ChangedFile, changedFiles, generatedFiles, untrackedFiles } from '../../core/git/changedFiles.ts';
import { looksGenerated, saysGenerated } from '../../core/context/generated.ts';
import type { RunGit } from '../../core/git/runGit.ts';
import { newSideRanges } from '../../core/review/diffHunks.ts';
import type { Excerpt } from '../../shared/attachment.ts';
import { displayPath, fileExcerpt } from './excerpts.ts';
import type { GitRepository } from './git.ts';
import { bytesWithin } from './bytesWithin.ts';
import { isLink } from './realPlaces.ts';

export interface ChangeExcerpts {
  excerpts: Excerpt[];
  /** Changed files that hold nothing to review: binary, unreadable, or links to others. */
  withoutText: string[];
  /** Changed files that programs have made. */
  generated: string[];
}

/** The uncommitted changes of repositories: what git knows is read, what it does not know is only named. */
export async function changeExcerpts(
  run: RunGit,
  repositories: readonly GitRepository[],
): Promise<ChangeExcerpts & { untracked: vscode.Uri[] }> {
  const found = new Map<string, Found>();
  for (const { rootUri } of repositories) {
    // A submodule may be open as a repository of its own.
    for (const file of await filesOf(run, rootUri)) found.set(file.uri.toString(), file);
  }
  const files = [...found.values()];
  const read = await Promise.all(files.map(async file => [file, await excerptOf(file)] as const));
  const without = read.filter(([{ change }, excerpt]) => change && excerpt === undefined);
  return {
    excerpts: read.flatMap(([, excerpt]) => (typeof excerpt === 'object' ? [excerpt] : [])),
    withoutText: without.map(([{ uri }]) => displayPath(uri)),
    generated: read.filter(([, excerpt]) => excerpt === 'generated').map(([{ uri }]) => displayPath(uri)),
    untracked: files.filter(({ change, isGenerated }) => !change && !isGenerated).map(({ uri }) => uri),
  };
}

/** Files that git does not know, each as a whole. */
export async function untrackedExcerpts(uris: readonly vscode.Uri[]): Promise<ChangeExcerpts> {
  const read = await Promise.all(uris.map(async uri => [uri, await wholeFile(uri)] as const));
  return {
    excerpts: read.flatMap(([, excerpt]) => (typeof excerpt === 'object' ? [excerpt] : [])),
    withoutText: read.filter(([, excerpt]) => excerpt === undefined).map(([uri]) => displayPath(uri)),
    generated: read.filter(([, excerpt]) => excerpt === 'generated').map(([uri]) => displayPath(uri)),
  };
}

interface Found {
  uri: vscode.Uri;
  /** Undefined of a file that git does not know. */
  change: ChangedFile | undefined;
  isGenerated: boolean;
}

type Read = Excerpt | 'generated' | undefined;

async function filesOf(run: RunGit, root: vscode.Uri): Promise<Found[]> {
  const changes = await changedFiles(run, root.fsPath);
  const untracked = await untrackedFiles(run, root.fsPath);
  const paths = [...changes.map(({ path }) => path), ...untracked];
  const generated = await generatedFiles(run, root.fsPath, paths);
  const found = (path: string, change?: ChangedFile): Found => {
    return { uri: vscode.Uri.joinPath(root, path), change, isGenerated: generated.has(path) || looksGenerated(path) };
  };
  return [...untracked.map(path => found(path)), ...changes.map(change => found(change.path, change))];
}

async function excerptOf({ uri, change, isGenerated }: Found): Promise<Read> {
  if (isGenerated) return 'generated';
  if (change?.content.kind !== 'patch') return undefined;
  if (change.change === 'added') return wholeFile(uri);
  if (change.change !== 'deleted' && saysGenerated(await beginningOf(uri))) return 'generated';
  return patchExcerpt(uri, await vscode.workspace.decode(change.content.bytes, { uri }));
}

async function wholeFile(uri: vscode.Uri): Promise<Read> {
  try {
    if (await isLink(uri)) return undefined;
    const excerpt = fileExcerpt(await vscode.workspace.openTextDocument(uri));
    return saysGenerated(excerpt.code) ? 'generated' : excerpt;
  } catch {
    return undefined;
  }
}

/** Bytes: files that programs make are large. */
const mostGeneratedBytes = 50 * 1024 * 1024;

async function beginningOf(uri: vscode.Uri): Promise<string> {
  return bytesWithin(uri, mostGeneratedBytes).then(
    bytes => Buffer.from(bytes?.subarray(0, 4_000) ?? []).toString(),
    () => '',
  );
}

/** Of a file that is gone, or only has another name now, there are no lines; the change is said all the same. */
function patchExcerpt(uri: vscode.Uri, patch: string): Excerpt {
  const ranges = newSideRanges(patch);
  return {
    path: displayPath(uri),
    uri: uri.toString(),
    languageId: 'diff',
    startLine: (ranges[0]?.start ?? 0) + 1,
    endLine: (ranges.at(-1)?.end ?? 0) + 1,
    code: patch.replace(/\r\n/g, '\n').trimEnd(),
  };
}
