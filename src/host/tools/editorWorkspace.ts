import * as vscode from 'vscode';
import { sniffMediaType } from '../../core/context/attachment.ts';
import { isBinary, mostFileBytes } from '../../core/context/fileText.ts';
import { singleChange } from '../../core/context/singleChange.ts';
import { confine } from '../../core/tools/confine.ts';
import { unified } from '../../core/tools/editorText.ts';
import { ruleFor } from '../../core/tools/editRules.ts';
import { isRunByItself } from '../../core/tools/runByItself.ts';
import { ToolError, type ToolPlace, type ToolWorkspace } from '../../core/tools/workspace.ts';
import type { Caution } from '../../shared/ranCalls.ts';
import { bytesWithin } from '../workspace/bytesWithin.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { isIgnored, listFiles } from '../mentions/listFiles.ts';
import { namesSecrets } from '../mentions/unmasked.ts';
import { realPlaceOf } from '../workspace/realPlaces.ts';

/** Files of a folder that are listed. */
const mostListed = 5_000;

/** Bytes of a file that is looked into for an image: one that is too large to be sent is still told as one. */
const mostImageFileBytes = 20 * 1024 * 1024;

const hasChanged = 'Error: The file has changed since this was decided. View it again.';
const cannotWrite = 'Error: Permission denied. Cannot write to file.';

interface Found {
  uri: vscode.Uri;
  kind: ToolPlace['kind'];
  realPath: string;
  /** The workspace folder that has it, and the path in that. */
  root: vscode.Uri;
  inFolder: string;
}

/** The workspace as the editor has it: what tools read and write there. Links are followed anew each time. */
export const editorWorkspace: ToolWorkspace = { locate, read, image, list, write };

/** Of what a tool names: a file that is there, else where a new one would be. Rejects as `locate` does. */
export async function uriOf(path: string): Promise<vscode.Uri> {
  return (await find(path)).uri;
}

async function locate(path: string): Promise<ToolPlace> {
  const found = await find(path);
  const { uri, kind, realPath } = found;
  if (isRoot(uri)) return { path: '.', kind, cautions: [], runs: false };
  const cautions: Caution[] = [
    ...(namesSecrets(realPath) || namesSecrets(uri.path) ? (['secret'] as const) : []),
    ...((await isIgnored(uri)) ? (['ignored'] as const) : []),
  ];
  const shown = displayPath(uri);
  const place = { path: shown, kind, cautions, runs: isRunByItself(realPath) || isRunByItself(uri.path) };
  if (kind === 'folder' || place.runs || cautions.length > 0 || (await isLinked(found))) return place;
  return { ...place, rule: ruleFor(shown.slice(0, shown.length - found.inFolder.length), found.inFolder) };
}

/** Whether a link within the workspace folder leads elsewhere than the path says. */
async function isLinked({ uri, root, inFolder, realPath }: Found): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  const { path } = await realPlaceOf(root);
  return vscode.Uri.joinPath(vscode.Uri.file(path), inFolder).fsPath !== realPath;
}

async function read(place: ToolPlace): Promise<string> {
  return unified((await openText((await find(place.path)).uri)).getText());
}

async function image(place: ToolPlace): Promise<Uint8Array | undefined> {
  const { uri } = await find(place.path);
  const bytes = await bytesWithin(uri, mostImageFileBytes);
  return bytes && sniffMediaType(bytes)?.startsWith('image/') === true ? bytes : undefined;
}

async function list(place: ToolPlace): Promise<string[]> {
  const { uri } = await find(place.path);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!isRoot(uri) || folders.length === 1) return listBelow(uri);
  const all = await Promise.all(
    folders.map(async folder => (await listBelow(folder.uri)).map(path => `${folder.name}/${path}`)),
  );
  return all.flat();
}

async function write(place: ToolPlace, before: string | undefined, after: string): Promise<void> {
  const { uri, kind } = await find(place.path);
  if (before === undefined && kind !== 'nothing') throw new ToolError(hasChanged);
  const edit = new vscode.WorkspaceEdit();
  if (before === undefined) {
    const eol = vscode.workspace.getConfiguration('files', uri).get<string>('eol') === '\r\n' ? '\r\n' : '\n';
    edit.createFile(uri, { contents: new TextEncoder().encode(after.replaceAll('\n', eol)) });
    if (!(await vscode.workspace.applyEdit(edit))) throw new ToolError(cannotWrite);
    return;
  }
  const document = await openText(uri);
  const text = document.getText();
  if (unified(text) !== before) throw new ToolError(hasChanged);
  const wasSaved = !document.isDirty;
  const change = singleChange(text, document.eol === vscode.EndOfLine.CRLF ? after.replaceAll('\n', '\r\n') : after);
  const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
  edit.replace(uri, range, change.text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new ToolError(cannotWrite);
  // What else reads the file sees the change. What the user had not saved stays theirs to save.
  if (wasSaved && !(await document.save())) throw new ToolError(`${cannotWrite} The change stands there unsaved.`);
}

/** The first of the places that is there, else where a new file of this path would be. */
async function find(path: string): Promise<Found> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const uriOf = (folder: number, inFolder: string): vscode.Uri | undefined => {
    const root = folders[folder]?.uri;
    return root && (inFolder === '' ? root : vscode.Uri.joinPath(root, inFolder));
  };
  const named = folders.map(({ name, uri }) => ({ name, path: uri.path }));
  const places = await confine(path, named, async place => {
    const uri = uriOf(place.folder, place.path);
    return uri ? realPlaceOf(uri) : { path, isOutside: true };
  });
  let last: Found | undefined;
  for (const place of places) {
    const uri = uriOf(place.folder, place.path);
    if (!uri) continue;
    const root = uriOf(place.folder, '') ?? uri;
    last = { uri, kind: await kindOf(uri), realPath: place.realPath, root, inFolder: place.path };
    if (last.kind !== 'nothing') return last;
  }
  if (!last) throw new ToolError('Error: File not found');
  return last;
}

async function kindOf(uri: vscode.Uri): Promise<ToolPlace['kind']> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0 ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

function isRoot(uri: vscode.Uri): boolean {
  return (vscode.workspace.workspaceFolders ?? []).some(folder => folder.uri.toString() === uri.toString());
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  if (open) return open;
  const bytes = await bytesWithin(uri, mostFileBytes);
  if (!bytes) throw new ToolError(`Error: The file is too large: more than ${mostFileBytes} bytes.`);
  if (isBinary(bytes)) throw new ToolError('Error: The file is no text.');
  return vscode.workspace.openTextDocument(uri);
}

/** Without what lies behind a folder that is a link out of the workspace: not even its names are told. */
async function listBelow(folder: vscode.Uri): Promise<string[]> {
  const files = await listFiles(folder, mostListed);
  const isOutside = new Map<string, Promise<boolean>>();
  const start = folder.path.replace(/\/$/, '').length + 1;
  const paths = await Promise.all(
    files.map(async uri => {
      const parent = vscode.Uri.joinPath(uri, '..');
      const known = isOutside.get(parent.path) ?? realPlaceOf(parent).then(real => real.isOutside);
      isOutside.set(parent.path, known);
      return (await known) ? [] : [uri.path.slice(start)];
    }),
  );
  return paths.flat();
}
