import * as vscode from 'vscode';
import { peekLines } from '../../core/context/peekLines.ts';
import { pathEnding, placesInWorkspace } from '../../core/context/workspacePath.ts';
import type { PathPeek } from '../../shared/protocol/paths.ts';
import type { PlaceInFile } from '../../shared/pathMentions.ts';
import { displayPath } from './excerpts.ts';
import { textWithin } from './bytesWithin.ts';
import { realPlaceOf } from './realPlaces.ts';
import { showWarning } from '../show.ts';

/** Milliseconds for which an answer is given again without looking. */
const rememberMs = 5_000;

/** How many answers are kept, how many names one search looks for, and how many files it may find. */
const mostRemembered = 2_000;
const mostSearched = 60;
const mostFound = 500;

/** Of how many files the user can choose one. */
export const mostSearchedFiles = 5_000;

/** Files of no project's own; there can be a hundred of the same name. */
export const notSearched = '**/{node_modules,bower_components,.git}/**';

/**
 * Finds the files that an answer names, and only those: inside of the folders that are open, or in a tab under just
 * this name. A path that leads out of the folders is never looked at.
 */
export class WorkspacePaths {
  readonly #remembered = new Map<string, { uri: vscode.Uri | undefined; at: number }>();

  /** The file of each path that has one. */
  async find(paths: readonly string[]): Promise<Map<string, vscode.Uri>> {
    const now = Date.now();
    const unknown = [...new Set(paths)].filter(path => {
      const remembered = this.#remembered.get(path);
      return !remembered || now - remembered.at > rememberMs;
    });
    const found = new Map(await Promise.all(unknown.map(async path => [path, await findDirectly(path)] as const)));
    const searched = await search(unknown.filter(path => found.get(path) === undefined));
    if (this.#remembered.size > mostRemembered) this.#remembered.clear();
    for (const path of unknown) {
      this.#remembered.set(path, { uri: found.get(path) ?? searched.get(path), at: now });
    }
    const known = new Map<string, vscode.Uri>();
    for (const path of paths) {
      const uri = this.#remembered.get(path)?.uri;
      if (uri) known.set(path, uri);
    }
    return known;
  }

  /** The file of one path as things are at this moment. */
  async findNow(path: string): Promise<vscode.Uri | undefined> {
    this.#remembered.delete(path);
    return (await this.find([path])).get(path);
  }

  /** What stands at a place, as the editor shows it; null where there is none, or too much to be read for that. */
  async peek(path: string, place: PlaceInFile | undefined): Promise<PathPeek | null> {
    const uri = (await this.find([path])).get(path);
    return uri ? peekAt(uri, place) : null;
  }

  /** Opens a path at a place, after it has been found once more. */
  async open(path: string, place: PlaceInFile | undefined, isBeside = false): Promise<void> {
    const uri = await this.findNow(path);
    if (!uri) {
      void showWarning(vscode.l10n.t('The file can no longer be opened.'));
      return;
    }
    await openAt(uri, place, isBeside);
  }
}

/** What stands at a place of a file that was found; null where there is no such place, or too much to be read. */
export async function peekAt(uri: vscode.Uri, place: PlaceInFile | undefined): Promise<PathPeek | null> {
  const text = await textOf(uri);
  const peek = text === undefined ? undefined : peekLines(text, place);
  const [, language = ''] = /\.(\w+)$/.exec(uri.path) ?? [];
  return peek ? { path: displayPath(uri), ...peek, language } : null;
}

/** Opens a file that was found. */
export async function openAt(uri: vscode.Uri, place: PlaceInFile | undefined, isBeside: boolean): Promise<void> {
  // The editor's own command also opens what is no text, such as an image.
  await vscode.commands.executeCommand('vscode.open', uri, {
    preview: true,
    ...(place && { selection: rangeOf(place) }),
    ...(isBeside && { viewColumn: vscode.ViewColumn.Beside }),
  });
}

/** Bytes of a file that is read to show some lines of it. */
const mostPeeked = 1_000_000;

/** With what is not saved yet. Opening a file for it would have the editor's other extensions work on it. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return await textWithin(uri, mostPeeked);
  } catch {
    return undefined;
  }
}

/** Where a new file of this path would go; undefined where it would be outside of the workspace. */
export async function newFileUri(path: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [place] = placesInWorkspace(
    path,
    folders.map(({ name, uri }) => ({ name, path: uri.path })),
  );
  const folder = place && folders[place.folder];
  const uri = folder && vscode.Uri.joinPath(folder.uri, place.path);
  return uri && !(await realPlaceOf(uri)).isOutside ? uri : undefined;
}

/** Several lines are selected as a whole; a place is a cursor. */
function rangeOf({ line, column, endLine }: PlaceInFile): vscode.Range {
  if (endLine !== undefined) return new vscode.Range(line - 1, 0, endLine, 0);
  return new vscode.Range(line - 1, (column ?? 1) - 1, line - 1, (column ?? 1) - 1);
}

async function findDirectly(path: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const place of placesInWorkspace(
    path,
    folders.map(({ name, uri }) => ({ name, path: uri.path })),
  )) {
    const folder = folders[place.folder];
    const uri = folder && vscode.Uri.joinPath(folder.uri, place.path);
    if (uri && (await isFileInside(uri))) return uri;
  }
  return /[\\/]/.test(path) ? undefined : openUnderName(path);
}

async function isFileInside(uri: vscode.Uri): Promise<boolean> {
  try {
    // A link to a file has both bits.
    const isFile = ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
    return isFile && !(await realPlaceOf(uri)).isOutside;
  } catch {
    return false;
  }
}

/** The one file in a tab that has this name; the user has opened it, wherever it lies. */
function openUnderName(name: string): vscode.Uri | undefined {
  const uris = vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
    .filter(uri => (uri.scheme === 'file' || uri.scheme === 'untitled') && uri.path.split('/').at(-1) === name);
  const [only, ...others] = new Map(uris.map(uri => [uri.toString(), uri])).values();
  return others.length === 0 ? only : undefined;
}

/** Files whose path ends with what was named, where that fits one file alone. */
async function search(paths: readonly string[]): Promise<Map<string, vscode.Uri>> {
  const endings = new Map(
    paths
      .flatMap(path => {
        const ending = pathEnding(path);
        return ending === undefined ? [] : [[path, ending] as const];
      })
      .slice(0, mostSearched),
  );
  if (endings.size === 0 || !vscode.workspace.workspaceFolders) return new Map();
  const names = [...new Set(endings.values())];
  const pattern = names.length === 1 ? `**/${names[0] ?? ''}` : `**/{${names.join(',')}}`;
  const files = await vscode.workspace.findFiles(pattern, notSearched, mostFound);
  // Cut off, the result does not show whether a file is the only one.
  if (files.length >= mostFound) return new Map();
  const found = new Map<string, vscode.Uri>();
  for (const [path, ending] of endings) {
    const [only, ...others] = files.filter(uri => uri.path.endsWith(`/${ending}`));
    if (only && others.length === 0 && (await isFileInside(only))) found.set(path, only);
  }
  return found;
}
