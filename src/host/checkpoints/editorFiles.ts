import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type { CheckpointFiles, FileContent, ScanRoot } from '../../core/checkpoints/checkpoint.ts';
import { singleChange } from '../../core/context/singleChange.ts';
import { uriOf } from '../tools/editorWorkspace.ts';
import { realPlaceOf } from '../workspace/realPlaces.ts';

/** The files of the workspace: as they lie there, and as the editor has them where it has unsaved changes. */
export const editorFiles: CheckpointFiles = { addressOf, isHere, read, put, roots };

/** As `pathToFileURL` writes it, since a scan knows nothing of the editor. */
async function addressOf(path: string): Promise<string> {
  const uri = await uriOf(path);
  return uri.scheme === 'file' ? pathToFileURL(uri.fsPath).href : uri.toString();
}

async function isHere(address: string): Promise<boolean> {
  const uri = vscode.Uri.parse(address);
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined && !(await realPlaceOf(uri)).isOutside;
}

async function read(address: string): Promise<FileContent | null> {
  const uri = vscode.Uri.parse(address);
  const unsaved = openText(uri);
  const disk = await bytesOf(uri);
  if (unsaved?.isDirty) return { disk, text: unsaved.getText() };
  return disk && { disk };
}

async function put(address: string, content: FileContent | null): Promise<void> {
  const uri = vscode.Uri.parse(address);
  // Its folder may have become a link meanwhile.
  if (!(await isHere(address))) throw new Error(`${uri.path} is not in the workspace.`);
  const lies = await bytesOf(uri);
  if (!content) await apply(edit => edit.deleteFile(uri, { ignoreIfNotExists: true }));
  else if (lies === null) await create(uri, content);
  else if (content.text !== undefined) await write(await vscode.workspace.openTextDocument(uri), content.text);
  else if (content.disk) await replace(uri, content.disk);
}

async function create(uri: vscode.Uri, { disk, text }: FileContent): Promise<void> {
  const contents = disk ?? new TextEncoder().encode(text);
  await apply(edit => edit.createFile(uri, { contents }));
  if (disk && text !== undefined) await write(await vscode.workspace.openTextDocument(uri), text);
}

/** A file that is open is changed where the user sees it, as one step to undo. */
async function replace(uri: vscode.Uri, disk: Uint8Array): Promise<void> {
  const document = openText(uri);
  if (document) {
    await write(document, await vscode.workspace.decode(disk, { uri }));
    await document.save();
  }
  // What is saved may be formatted on its way, and some bytes are no text.
  if (!document || !isSame(await bytesOf(uri), disk)) await vscode.workspace.fs.writeFile(uri, disk);
}

async function write(document: vscode.TextDocument, text: string): Promise<void> {
  // An edit that changes nothing is refused.
  if (document.getText() === text) return;
  const change = singleChange(document.getText(), text);
  const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
  await apply(edit => edit.replace(document.uri, range, change.text));
}

async function apply(fill: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  fill(edit);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The editor has refused the change.');
}

function roots(): ScanRoot[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri, name }) => ({ path: uri.fsPath, name: folders.length > 1 ? name : '' }));
}

function openText(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
}

/** Null where there is no file. A copy: what the editor gives may be a part of something larger. */
async function bytesOf(uri: vscode.Uri): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'FileNotFound' || code === 'ENOENT';
}

function isSame(one: Uint8Array | null, other: Uint8Array): boolean {
  return one?.length === other.length && one.every((byte, at) => byte === other[at]);
}
