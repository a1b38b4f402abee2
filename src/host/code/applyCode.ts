import * as vscode from 'vscode';
import { type CodeTarget, codeTarget } from '../../core/context/codeTarget.ts';
import {
  insertCode,
  placeCode,
  type PlacedCode,
  placeDiff,
  replaceFile,
  type SelectedLines,
} from '../../core/context/placeCode.ts';
import { type FileDiff, isUnifiedDiff, parseUnifiedDiff } from '../../core/context/unifiedDiff.ts';
import { activeEditor, type PickedFile, pickFile } from './pickFile.ts';
import type { Proposals } from './proposals.ts';
import { pickOne, showInformation, showWarning } from '../show.ts';
import { newFileUri, type WorkspacePaths } from '../workspace/workspacePaths.ts';

/** A block of code of an answer, with what the answer says around it. */
export interface AnswerCode {
  text: string;
  /** What stands behind the fence. */
  info: string;
  lineBefore: string;
}

type Place = (text: string, selection: SelectedLines | undefined) => PlacedCode;

/** Finds the file that a block of code is for and proposes the change to it. Asks wherever that is not evident. */
export class CodeApplier {
  readonly #paths: WorkspacePaths;
  readonly #proposals: Proposals;

  constructor(paths: WorkspacePaths, proposals: Proposals) {
    this.#paths = paths;
    this.#proposals = proposals;
  }

  async apply({ text, info, lineBefore }: AnswerCode): Promise<void> {
    const target = codeTarget(text, info, lineBefore);
    if (!isUnifiedDiff(target.language, target.code)) {
      await this.#applySnippet(target);
      return;
    }
    const files = parseUnifiedDiff(target.code);
    if (files.length === 0) void showInformation(vscode.l10n.t('This diff changes nothing.'));
    for (const file of files) await this.#applyDiff(file, target);
  }

  async #applySnippet(target: CodeTarget): Promise<void> {
    const file = await this.#fileFor(target.paths, target.isSure);
    if (!file) return;
    if (file.isNew) await this.#proposeNew(file.uri, target.code);
    else await this.#propose(file.uri, (text, selection) => placeCode(text, target.code, selection), target.code);
  }

  async #applyDiff(diff: FileDiff, target: CodeTarget): Promise<void> {
    if (diff.isDeletion) {
      void showInformation(
        vscode.l10n.t('This diff deletes {0}. Delete the file yourself if you want that.', diff.path ?? ''),
      );
      return;
    }
    const file = await this.#fileFor(diff.path === undefined ? target.paths : [diff.path], diff.path !== undefined);
    if (!file) return;
    const place = (text: string): PlacedCode => placeDiff(text, diff.hunks);
    if (!file.isNew) {
      await this.#propose(file.uri, place, undefined);
      return;
    }
    const created = place('');
    if (created.placed) await this.#proposeNew(file.uri, created.text);
    else void showWarning(vscode.l10n.t('The file that this diff changes is not there.'));
  }

  /** The file that was named; the one in the active editor where none was; the user's choice in all other cases. */
  async #fileFor(paths: readonly string[], isSure: boolean): Promise<PickedFile | undefined> {
    const active = activeEditor()?.document.uri;
    const known = isSure ? paths.slice(0, 1) : paths;
    const found = new Map<string, vscode.Uri>();
    for (const path of known) {
      const uri = await this.#paths.findNow(path);
      if (uri) found.set(uri.toString(), uri);
    }
    const [only, ...others] = found.values();
    if (only && others.length === 0) return { uri: only, isNew: false };
    const missing = only ? undefined : known.find(path => isSure || /[\\/]/.test(path));
    if (!only && missing === undefined && active) return { uri: active, isNew: false };
    const toCreate = missing === undefined ? undefined : await newFileUri(missing);
    return pickFile(vscode.l10n.t('Apply to File'), [...found.values()], toCreate);
  }

  /** `code` is what can stand anywhere; a diff can't. */
  async #propose(uri: vscode.Uri, place: Place, code: string | undefined): Promise<void> {
    const document = await openText(uri);
    if (!document) return;
    const before = document.getText();
    const result = place(before, selectedLines(document));
    const again = (): Promise<void> => this.#propose(uri, place, code);
    if (result.placed) await this.#proposals.show({ target: uri, before, after: result.text, again });
    else if (result.reason === 'unchanged') {
      const name = vscode.workspace.asRelativePath(uri);
      void showInformation(vscode.l10n.t('{0} already has this code.', name));
    } else await this.#askForPlace(document, result, place, code);
  }

  async #proposeNew(uri: vscode.Uri, after: string): Promise<void> {
    const again = async (): Promise<void> => this.#propose(uri, text => placeCode(text, after), after);
    const text = after.endsWith('\n') ? after : `${after}\n`;
    await this.#proposals.show({ target: uri, before: undefined, after: text, again });
  }

  /** Says why there is no evident place, and offers those that the user can decide on. */
  async #askForPlace(
    document: vscode.TextDocument,
    refused: Exclude<PlacedCode, { placed: true }>,
    place: Place,
    code: string | undefined,
  ): Promise<void> {
    const { uri } = document;
    const line = cursorLine(document);
    const insert = {
      label: vscode.l10n.t('Insert at Cursor'),
      iconPath: new vscode.ThemeIcon('insert'),
      description: vscode.l10n.t('below line {0}', line + 1),
    };
    const replace = {
      label: vscode.l10n.t('Replace the Whole File'),
      iconPath: new vscode.ThemeIcon('replace-all'),
    };
    const other = { label: vscode.l10n.t('Choose Another File…'), iconPath: new vscode.ThemeIcon('file') };
    const chosen = await pickOne(code === undefined ? [other] : [insert, replace, other], {
      title: vscode.l10n.t('Apply to {0}', vscode.workspace.asRelativePath(uri)),
      placeHolder: reasonText(refused),
    });
    if (chosen === undefined) return;
    if (chosen === other) {
      const file = await pickFile(vscode.l10n.t('Apply to File'), [], undefined);
      if (file) await this.#propose(file.uri, place, code);
      return;
    }
    const chosenPlace: Place = text =>
      chosen === insert ? insertCode(text, code ?? '', line) : replaceFile(text, code ?? '');
    await this.#propose(uri, chosenPlace, code);
  }
}

function reasonText({ reason, hunk }: Exclude<PlacedCode, { placed: true }>): string {
  switch (reason) {
    case 'ambiguous':
      return vscode.l10n.t('This code fits several places of the file.');
    case 'hunk':
      return vscode.l10n.t('Change {0} of this diff fits nowhere in the file.', hunk ?? 1);
    case 'notFound':
    case 'unchanged':
      return vscode.l10n.t('It is not clear where in the file this code belongs.');
  }
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    void showWarning(vscode.l10n.t('This file can’t be opened as text.'));
    return undefined;
  }
}

function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const isShown = (editor: vscode.TextEditor | undefined): boolean => editor?.document === document;
  return isShown(vscode.window.activeTextEditor)
    ? vscode.window.activeTextEditor
    : vscode.window.visibleTextEditors.find(isShown);
}

function selectedLines(document: vscode.TextDocument): SelectedLines | undefined {
  const selection = editorOf(document)?.selection;
  if (!selection || selection.isEmpty) return undefined;
  // A selection that ends at the start of a line does not hold that line.
  const end = selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
  return { start: selection.start.line, end: Math.max(selection.start.line, end) };
}

/** Where the cursor is in an editor that shows the file, else its last line. */
function cursorLine(document: vscode.TextDocument): number {
  return editorOf(document)?.selection.active.line ?? document.lineCount - 1;
}
