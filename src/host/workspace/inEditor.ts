import * as vscode from 'vscode';
import type { InEditor } from '../../shared/inEditor.ts';
import { displayPath, selectionExcerpts } from './excerpts.ts';
import { codeAttachment } from '../mentions/reading.ts';

/** Milliseconds that a selection rests before it is told: it changes with every step of a drag. */
const restMs = 150;

/** What could be attached of the editor that was used last. */
export function readInEditor(): InEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isFile(editor.document)) return undefined;
  const path = displayPath(editor.document.uri);
  const selected = selectionExcerpts(editor);
  const [first] = selected;
  if (!first) return { subject: 'file', name: path.slice(path.lastIndexOf('/') + 1), path };
  const names = selected.map(excerpt => codeAttachment('', 'selection', excerpt).name);
  const [name = '', ...others] = names;
  return {
    subject: 'selection',
    name: [name, ...others.map(other => other.slice(other.lastIndexOf(':') + 1))].join(', '),
    path,
  };
}

/** Tells when that is another, and not for every step there. */
export function onInEditorChange(listener: (inEditor: InEditor | undefined) => void): vscode.Disposable {
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const inEditor = readInEditor();
    const key = JSON.stringify(inEditor);
    if (key !== told) listener(inEditor);
    told = key;
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(tell, restMs);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(later),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) later();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

/** No output channel, no message that is being written, no side of a comparison with what was committed. */
function isFile({ uri }: vscode.TextDocument): boolean {
  return (
    ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs'].includes(uri.scheme) ||
    vscode.workspace.getWorkspaceFolder(uri) !== undefined
  );
}
