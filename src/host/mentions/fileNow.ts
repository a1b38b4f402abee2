import * as vscode from 'vscode';
import type { FileNow } from '../../core/chat/outdatedWatch.ts';
import { decodeText, mostFileBytes } from '../../core/context/fileText.ts';
import { bytesWithin } from '../workspace/bytesWithin.ts';

/** What a file holds now, unsaved edits included. */
export async function readNow(uriText: string): Promise<FileNow> {
  const open = vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.toString() === uriText);
  if (open) return open.getText();
  const uri = vscode.Uri.parse(uriText, true);
  // Others have no text but that of their editor.
  if (!['file', 'vscode-remote', 'vscode-vfs'].includes(uri.scheme)) return undefined;
  try {
    const bytes = await bytesWithin(uri, mostFileBytes);
    const text = bytes && decodeText(bytes);
    // The editor may read it in another encoding than is known here.
    return text?.includes('\u{fffd}') ? undefined : text;
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound' ? null : undefined;
  }
}

/** Tells of files that have changed, in the editor or on the disk, by their URIs. */
export function onFileChange(listener: (uri: string) => void): vscode.Disposable {
  const changed = (uri: vscode.Uri): void => listener(uri.toString());
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)),
  );
}
