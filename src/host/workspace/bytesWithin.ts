import * as vscode from 'vscode';

/** What the file holds; undefined where that is more than so many bytes, of which none is read then. Throws where it can't be read. */
export async function bytesWithin(uri: vscode.Uri, most: number): Promise<Uint8Array | undefined> {
  const { size } = await vscode.workspace.fs.stat(uri);
  return size > most ? undefined : vscode.workspace.fs.readFile(uri);
}

/** The same as text. */
export async function textWithin(uri: vscode.Uri, most: number): Promise<string | undefined> {
  const bytes = await bytesWithin(uri, most);
  return bytes && new TextDecoder().decode(bytes);
}
