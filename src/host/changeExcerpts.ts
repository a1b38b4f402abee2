import * as vscode from 'vscode';
import { newSideRanges } from '../core/review/diffHunks.ts';
import type { Excerpt } from '../shared/conversation.ts';
import { displayPath, fileExcerpt } from './excerpts.ts';
import { type GitRepository, uncommittedFiles } from './git.ts';
import { isLink } from './realPlaces.ts';

export interface ChangeExcerpts {
  excerpts: Excerpt[];
  /** Changed files that hold nothing to review: deleted, binary, unreadable, or links to others. */
  left: string[];
}

/** The uncommitted changes of a repository, a patch for each changed file and the whole of each new one. */
export async function changeExcerpts(repository: GitRepository): Promise<ChangeExcerpts> {
  const excerpts: Excerpt[] = [];
  const left: string[] = [];
  for (const { uri, patch } of await uncommittedFiles(repository)) {
    const excerpt = patch === undefined ? await newFileExcerpt(uri) : patchExcerpt(uri, patch);
    if (excerpt) excerpts.push(excerpt);
    else left.push(displayPath(uri));
  }
  return { excerpts, left };
}

async function newFileExcerpt(uri: vscode.Uri): Promise<Excerpt | undefined> {
  try {
    if (await isLink(uri)) return undefined;
    return fileExcerpt(await vscode.workspace.openTextDocument(uri));
  } catch {
    return undefined;
  }
}

function patchExcerpt(uri: vscode.Uri, patch: string): Excerpt | undefined {
  const hunks = patch.slice(Math.max(0, patch.search(/^@@ /m)));
  const ranges = newSideRanges(patch);
  const [first] = ranges;
  const last = ranges.at(-1);
  if (!first || !last) return undefined;
  return {
    path: displayPath(uri),
    uri: uri.toString(),
    languageId: 'diff',
    startLine: first.start + 1,
    endLine: last.end + 1,
    code: hunks.trimEnd(),
  };
}
