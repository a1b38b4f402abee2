import * as vscode from 'vscode';

/** The lines of a file as the editor has them, unsaved edits included; undefined where it can't be read as text. */
export async function readLines(uri: string): Promise<readonly string[] | undefined> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    return document.getText().split(/\r?\n/);
  } catch {
    return undefined;
  }
}
