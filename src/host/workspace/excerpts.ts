import * as vscode from 'vscode';
import { enclosingBlock } from '../../core/context/enclosingBlock.ts';
import { mergedRanges } from '../../core/context/mergedRanges.ts';
import type { Excerpt } from '../../shared/attachment.ts';

/** The selected lines of all selections, from the file's top to its end; none where nothing is selected. */
export function selectionExcerpts({ document, selections }: vscode.TextEditor): Excerpt[] {
  const selected = selections
    .filter(selection => !selection.isEmpty && document.getText(selection).trim() !== '')
    // A selection that ends at the start of a line does not hold that line.
    .map(({ start, end }) => ({
      start: start.line,
      end: Math.max(start.line, end.character === 0 ? end.line - 1 : end.line),
    }));
  return mergedRanges(selected).map(({ start, end }) => excerptOf(document, start, end));
}

/** The symbol at the cursor as the language knows it, else the block of lines around it. */
export async function symbolExcerpt(editor: vscode.TextEditor): Promise<Excerpt | undefined> {
  const { document, selection } = editor;
  if (document.getText().trim() === '') return undefined;
  const symbol = innermost(await symbolsOf(document.uri), selection.active);
  if (symbol) return excerptOf(document, symbol.start.line, symbol.end.line);
  const lines = document.getText().split(/\r?\n/);
  const block = enclosingBlock(lines, selection.active.line);
  return excerptOf(document, block.start, block.end);
}

export function fileExcerpt(document: vscode.TextDocument): Excerpt {
  const last = document.lineCount - 1;
  // The line break at the end of a file begins no line of its own.
  return excerptOf(document, 0, last > 0 && document.lineAt(last).isEmptyOrWhitespace ? last - 1 : last);
}

/** Whole lines, 0-based and inclusive. */
export function excerptOf(document: vscode.TextDocument, start: number, end: number): Excerpt {
  const range = document.validateRange(new vscode.Range(start, 0, end, Number.MAX_SAFE_INTEGER));
  return {
    path: displayPath(document.uri),
    uri: document.uri.toString(),
    languageId: document.languageId,
    startLine: range.start.line + 1,
    endLine: range.end.line + 1,
    code: document.getText(range).replace(/\r\n/g, '\n'),
  };
}

/** The path as the workspace has it; of a cell, that of its notebook with the cell's number. */
export function displayPath(uri: vscode.Uri): string {
  const cell = uri.scheme === 'vscode-notebook-cell' ? cellOf(uri) : undefined;
  const shownUri = cell?.notebook.uri ?? uri;
  const path = vscode.workspace.asRelativePath(shownUri, (vscode.workspace.workspaceFolders?.length ?? 0) > 1);
  return path.replaceAll('\\', '/') + (cell ? `#cell${cell.index + 1}` : '');
}

function cellOf(uri: vscode.Uri): vscode.NotebookCell | undefined {
  return vscode.workspace.notebookDocuments
    .flatMap(notebook => notebook.getCells())
    .find(({ document }) => document.uri.toString() === uri.toString());
}

/** The symbols of a document as a tree; empty where its language has none. */
export async function symbolsOf(uri: vscode.Uri): Promise<vscode.DocumentSymbol[]> {
  // Undefined or SymbolInformation[] where the language has no tree of symbols.
  const found = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri);
  return Array.isArray(found) ? found.filter(isDocumentSymbol) : [];
}

function isDocumentSymbol(value: unknown): value is vscode.DocumentSymbol {
  return typeof value === 'object' && value !== null && 'children' in value && 'range' in value;
}

/** Symbols that say something by themselves; a property or a variable is explained by what it stands in. */
const explainable = new Set([
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Module,
  vscode.SymbolKind.Namespace,
  vscode.SymbolKind.Struct,
]);

function innermost(symbols: vscode.DocumentSymbol[], position: vscode.Position): vscode.Range | undefined {
  const around = symbols.find(symbol => symbol.range.contains(position));
  if (!around) return undefined;
  const inner = innermost(around.children, position);
  return inner ?? (explainable.has(around.kind) ? around.range : undefined);
}
