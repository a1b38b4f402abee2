import * as vscode from 'vscode';
import { withTokens } from '../../core/context/attachmentBlocks.ts';
import { mostFileBytes } from '../../core/context/fileText.ts';
import type { CodeAttachment } from '../../shared/attachment.ts';
import type { InEditor } from '../../shared/inEditor.ts';
import { readSettings } from '../config.ts';
import { displayPath, fileExcerpt, selectionExcerpts } from './excerpts.ts';
import { codeAttachment } from '../mentions/reading.ts';

/** Milliseconds that a selection rests before it is told: it changes with every step of a drag. */
const restMs = 150;

/** What could be attached of the editor that was used last. */
export function readInEditor(): InEditor | undefined {
  const shown = readShown();
  const [first] = shown;
  if (!first) return undefined;
  const path = displayPath(vscode.Uri.parse(first.excerpt.uri, true));
  const subject = first.subject === 'file' ? 'file' : 'selection';
  const ends = shown.slice(1).map(({ name }) => name.slice(name.lastIndexOf(':') + 1));
  const tokens = shown.reduce((sum, attachment) => sum + (attachment.tokens ?? 0), 0);
  return { subject, name: [first.name, ...ends].join(', '), path, tokens };
}

/** The last that was read, and what it was read from: telling and attaching ask for the same again and again. */
let last: { key: string; shown: CodeAttachment[] } | undefined;

/** The selected lines, or else the file, of the editor that was used last; empty where there is no text. */
export function readShown(): CodeAttachment[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isFile(editor.document)) return [];
  const { model } = readSettings();
  const { document, selections } = editor;
  const lines = selections.map(({ start, end }) => [start.line, start.character, end.line, end.character]);
  const key = JSON.stringify([document.uri.toString(), document.version, document.languageId, model, lines]);
  if (last?.key !== key) last = { key, shown: attachmentsOf(editor).map(attachment => counted(attachment, model)) };
  return last.shown;
}

/** Tells when that is another, and not for every step there. */
export function onInEditorChange(listener: (inEditor: InEditor | undefined) => void): vscode.Disposable {
  let told: unknown;
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const shown = readShown();
    if (shown !== told) listener(readInEditor());
    told = shown;
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
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) later();
    }),
    { dispose: () => clearTimeout(timer) },
  );
}

function attachmentsOf(editor: vscode.TextEditor): CodeAttachment[] {
  const selected = selectionExcerpts(editor);
  if (selected.length > 0) return selected.map(excerpt => codeAttachment('', 'selection', excerpt));
  const text = editor.document.getText();
  // Those are refused where they are attached.
  if (text.trim() === '' || text.length > mostFileBytes) return [];
  return [codeAttachment('', 'file', fileExcerpt(editor.document))];
}

function counted(attachment: CodeAttachment, model: string): CodeAttachment {
  const { tokens = 0 } = withTokens(attachment, model);
  return { ...attachment, tokens };
}

/** No output channel, no message that is being written, no side of a comparison with what was committed. */
function isFile({ uri }: vscode.TextDocument): boolean {
  return (
    ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs'].includes(uri.scheme) ||
    vscode.workspace.getWorkspaceFolder(uri) !== undefined
  );
}
