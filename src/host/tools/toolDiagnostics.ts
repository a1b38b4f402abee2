import * as vscode from 'vscode';
import type { ListedTool } from '../../core/tools/toolList.ts';
import { toolFileProblemText } from '../../shared/toolFile.ts';
import { createProblem } from '../show.ts';
import type { CustomTools } from './customTools.ts';
import { type ToolFileOnDisk, workspaceToolFolder } from './toolFiles.ts';

/** Milliseconds over which changes are gathered: a file is checked once typing pauses. */
const gatherMs = 200;

/** Marks in tool files what is wrong with them, as they are typed: what the editor's own check of JSON can't know included. */
export class ToolDiagnostics implements vscode.Disposable {
  readonly #tools: CustomTools;
  readonly #marks = vscode.languages.createDiagnosticCollection('marginalia');
  #watchers: vscode.Disposable[] = [];
  readonly #subscriptions: vscode.Disposable[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(tools: CustomTools) {
    this.#tools = tools;
  }

  /** Not at the start of the editor: nobody waits for it. */
  begin(): void {
    if (this.#isDisposed) return;
    const typed = ({ uri }: vscode.TextDocument): void => {
      if (uri.path.includes('/tools/') && uri.path.endsWith('.json')) this.#soon();
    };
    this.#subscriptions.push(
      vscode.workspace.onDidOpenTextDocument(typed),
      vscode.workspace.onDidCloseTextDocument(typed),
      vscode.workspace.onDidChangeTextDocument(({ document }) => typed(document)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#soon()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watch()),
    );
    this.#watch();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    for (const disposable of [this.#marks, ...this.#watchers, ...this.#subscriptions]) disposable.dispose();
  }

  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    const places = (vscode.workspace.workspaceFolders ?? []).map(
      // The folders too: files of one that has just been made are not all told of.
      folder =>
        new vscode.RelativePattern(folder, `{.marginalia,${workspaceToolFolder},${workspaceToolFolder}/*.json}`),
    );
    const patterns = [...places, new vscode.RelativePattern(this.#tools.userFolder, '*.json')];
    this.#watchers = patterns.flatMap(pattern => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const soon = (): void => this.#soon();
      return [watcher, watcher.onDidCreate(soon), watcher.onDidChange(soon), watcher.onDidDelete(soon)];
    });
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#mark(), gatherMs);
  }

  async #mark(): Promise<void> {
    const texts = new Map(
      vscode.workspace.textDocuments.map(document => [document.uri.toString(), document.getText()]),
    );
    const listed = await this.#tools.check(texts);
    if (this.#isDisposed) return;
    this.#marks.clear();
    for (const one of listed) if (!one.ok) this.#marks.set(one.file.uri, marksOf(one));
  }
}

function marksOf({ file, problems }: ListedTool<ToolFileOnDisk> & { ok: false }): vscode.Diagnostic[] {
  const { text = '' } = file;
  return problems
    .filter(({ kind }) => kind !== 'noJson')
    .map(problem => {
      const range = new vscode.Range(positionOf(text, problem.start), positionOf(text, problem.end));
      return createProblem(range, toolFileProblemText(problem, vscode.l10n.t));
    });
}

function positionOf(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}
