import * as vscode from 'vscode';
import { type RealPlace, realPlace } from '../../core/context/realPlace.ts';

/**
 * What a file really is, links followed: a name in the workspace can stand for any file of the disk. `folders` are those
 * that it may lie in, beside the workspace's. Other file systems than the disk have no links that could be followed.
 */
export async function realPlaceOf(uri: vscode.Uri, ...folders: readonly vscode.Uri[]): Promise<RealPlace> {
  if (uri.scheme !== 'file') return { path: uri.path, isOutside: false };
  const roots = [...(vscode.workspace.workspaceFolders ?? []).map(folder => folder.uri), ...folders];
  return realPlace(
    uri.fsPath,
    roots.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath),
  );
}

/** Git takes a link for what it says, never for what it leads to: there is no text of its own in it. */
export async function isLink(uri: vscode.Uri): Promise<boolean> {
  return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.SymbolicLink) !== 0;
}
