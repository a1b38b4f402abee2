import * as vscode from 'vscode';
import type { FileState } from '../../core/checkpoints/checkpoint.ts';
import { unified } from '../../core/tools/editorText.ts';
import { hunkAt, hunksBetween, sideOf } from '../../core/tools/lineHunks.ts';
import { showInformation } from '../show.ts';
import { setContext } from '../status/contextKeys.ts';

/** Editors of files whose changes by a conversation were shown: hunks are taken back there. */
export class ChangedEditors implements vscode.Disposable {
  readonly #textOf: (state: FileState) => Promise<string | undefined>;
  /** What each held before the first change, by its address. */
  readonly #before = new Map<string, FileState | null>();
  readonly #listener: vscode.Disposable;

  /** `textOf`: what was kept of a state. */
  constructor(textOf: (state: FileState) => Promise<string | undefined>) {
    this.#textOf = textOf;
    // A key of our own: within a diff of many files the editor's keys are about the whole.
    this.#listener = vscode.window.onDidChangeActiveTextEditor(() => this.#tell());
  }

  add(uri: vscode.Uri, before: FileState | null): void {
    this.#before.set(uri.toString(), before);
    this.#tell();
  }

  /** Gives the lines of the hunk at the cursor, or at this line (0-based), back what they said; one step to undo. */
  async revertHunk(line?: number): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const before = editor && this.#before.get(editor.document.uri.toString());
    if (!editor || before === undefined) return;
    const { document, selection } = editor;
    const old = before === null ? '' : await this.#textOf(before);
    if (old === undefined) {
      void showInformation(vscode.l10n.t('What the file held is no longer kept.'));
      return;
    }
    const hunk = hunkAt(hunksBetween(unified(old), unified(document.getText())), line ?? selection.active.line);
    if (!hunk) {
      void showInformation(vscode.l10n.t('This line says what it said before the conversation.'));
      return;
    }
    const wasSaved = !document.isDirty;
    const edit = new vscode.WorkspaceEdit();
    const end = hunk.newLine + sideOf(hunk, 'added').length;
    edit.replace(document.uri, new vscode.Range(hunk.newLine, 0, end, 0), sideOf(hunk, 'removed').join(''));
    if ((await vscode.workspace.applyEdit(edit)) && wasSaved) await document.save();
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #tell(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    setContext('atChange', uri !== undefined && this.#before.has(uri));
  }
}
