import * as vscode from 'vscode';
import type { FoundToolFile } from '../../core/tools/toolList.ts';
import { messageOf } from '../../shared/messageOf.ts';
import { mostToolFileBytes } from '../../shared/toolFile.ts';
import { textWithin } from '../workspace/bytesWithin.ts';
import { realPlaceOf } from '../workspace/realPlaces.ts';

/** Where a workspace keeps its tools. */
export const workspaceToolFolder = '.marginalia/tools';
const ending = '.json';
const mostFiles = 200;

/** A tool file of the user's storage or of the workspace. */
export interface ToolFileOnDisk extends FoundToolFile {
  uri: vscode.Uri;
  /** Where its command runs; undefined where no folder is open. */
  folder: vscode.Uri | undefined;
}

/** Reads all tool files: of the user's storage, and of a workspace that is trusted. */
export async function findToolFiles(userFolder: vscode.Uri): Promise<ToolFileOnDisk[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = await filesIn(userFolder, 'user', folders[0]?.uri, name => `tools/${name}`);
  if (!vscode.workspace.isTrusted) return own;
  const theirs = await Promise.all(
    folders.map(folder => {
      const inFolder = folders.length > 1 ? `${folder.name}/` : '';
      const place = vscode.Uri.joinPath(folder.uri, workspaceToolFolder);
      return filesIn(place, 'workspace', folder.uri, name => `${inFolder}${workspaceToolFolder}/${name}`);
    }),
  );
  return [...own, ...theirs.flat()];
}

async function filesIn(
  place: vscode.Uri,
  origin: FoundToolFile['origin'],
  folder: vscode.Uri | undefined,
  sourceOf: (name: string) => string,
): Promise<ToolFileOnDisk[]> {
  const names = await namesIn(place);
  return Promise.all(
    names.slice(0, mostFiles).map(async name => {
      const uri = vscode.Uri.joinPath(place, name);
      return { uri, folder, origin, source: sourceOf(name), ...(await contentOf(uri, origin)) };
    }),
  );
}

async function namesIn(place: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(place);
    return entries
      .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && name.toLowerCase().endsWith(ending))
      .map(([name]) => name)
      .sort();
  } catch {
    // Most have no such folder.
    return [];
  }
}

async function contentOf(
  uri: vscode.Uri,
  origin: FoundToolFile['origin'],
): Promise<Pick<FoundToolFile, 'text' | 'trouble'>> {
  try {
    if (origin === 'workspace' && (await realPlaceOf(uri)).isOutside) {
      return { text: undefined, trouble: { kind: 'outside', detail: '' } };
    }
    const text = await textWithin(uri, mostToolFileBytes);
    return text === undefined ? { text, trouble: { kind: 'tooLarge', detail: '' } } : { text };
  } catch (error) {
    return { text: undefined, trouble: { kind: 'unreadable', detail: messageOf(error) } };
  }
}
