import * as vscode from 'vscode';
import { commentMarkdown } from '../core/review/commentMarkdown.ts';
import { locateQuote } from '../core/review/locate.ts';
import { withoutCodeMarks } from '../shared/codeMarks.ts';
import type { Finding, FindingClosed, Severity } from '../shared/conversation.ts';
import { shown } from '../shared/shown.ts';
import { lazily } from './lazily.ts';
import { commentText, showWarning } from './show.ts';

interface ShownFinding {
  finding: Finding;
  turnId: string;
  thread: vscode.CommentThread;
  /** Where the quote stands now; undefined once it is gone from the file. */
  range: vscode.Range | undefined;
}

const diagnosticSeverity: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

export type CloseFindings = (turnId: string, findingIds: ReadonlySet<string>, how: FindingClosed) => void;

/**
 * Shows placed findings as comment threads and as problems. Both follow the quoted code through edits, and go as soon
 * as the code is no longer there: a finding never stands at a line that it does not quote.
 */
export class ReviewThreads implements vscode.Disposable {
  /** Made with the first thread: activation would wait for it longer than for all the rest. */
  readonly #controller = lazily(() =>
    vscode.comments.createCommentController('marginalia.review', vscode.l10n.t('Marginalia Review')),
  );
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('marginalia');
  readonly #onClose: CloseFindings;
  readonly #subscriptions: { dispose(): unknown }[];
  readonly #moved = new Map<string, NodeJS.Timeout>();
  #shown: ShownFinding[] = [];

  constructor(onClose: CloseFindings) {
    this.#onClose = onClose;
    this.#subscriptions = [
      { dispose: () => this.#controller.opened?.dispose() },
      this.#diagnostics,
      vscode.workspace.onDidChangeTextDocument(event => this.#follow(event.document)),
    ];
  }

  /** Replaces what is shown by the placed ones of `findings`. */
  show(turnId: string, findings: readonly Finding[]): void {
    this.#disposeThreads(() => true);
    const placed = findings.filter(finding => finding.placement.placed && !finding.closed);
    this.#shown = placed.map((finding, index) => this.#create(turnId, finding, `${index + 1} / ${placed.length}`));
    this.#refresh();
  }

  /** Takes away all findings. */
  clear(): void {
    this.#close('cleared', () => true);
  }

  /** `target` is what the editor hands to a command on a thread, or a finding's id. */
  dismiss(target: unknown): void {
    this.#close('dismissed', shown => isTarget(shown, target));
  }

  /** What can be done about the findings at a place, for the editor's quick fixes. */
  quickFixes(uri: vscode.Uri, range: vscode.Range): { finding: Finding; thread: vscode.CommentThread }[] {
    return this.#shown.filter(
      shown => shown.finding.uri === uri.toString() && shown.range?.intersection(range) !== undefined,
    );
  }

  async applyOrExplain(target: unknown): Promise<void> {
    if (await this.#apply(target)) return;
    void showWarning(vscode.l10n.t('The code has changed since the review, so the suggestion was not applied.'));
  }

  /** Puts the suggestion in place of the quoted lines, as one step to undo. False where the code is no longer there. */
  async #apply(target: unknown): Promise<boolean> {
    const shown = this.#shown.find(candidate => isTarget(candidate, target));
    if (shown?.finding.replacement === undefined) return false;
    const document = await vscode.workspace.openTextDocument(shown.thread.uri);
    const place = locate(document, shown.finding, shown.range);
    if (!place) return false;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(shown.thread.uri, place.quoted, replacementFor(shown.finding, place, document));
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    this.#close('applied', candidate => candidate === shown);
    return true;
  }

  dispose(): void {
    for (const timer of this.#moved.values()) clearTimeout(timer);
    this.#disposeThreads(() => true);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #create(turnId: string, finding: Finding, label: string): ShownFinding {
    const uri = vscode.Uri.parse(finding.uri, true);
    const { placement } = finding;
    const range = placement.placed
      ? new vscode.Range(placement.line - 1, 0, placement.endLine - 1, Number.MAX_SAFE_INTEGER)
      : new vscode.Range(0, 0, 0, 0);
    const language = vscode.workspace.textDocuments.find(
      document => document.uri.toString() === finding.uri,
    )?.languageId;
    const body = commentText(commentMarkdown(finding, language ?? '', vscode.l10n.t('Suggested change:')));
    const thread = this.#controller.value.createCommentThread(uri, range, [
      { body, mode: vscode.CommentMode.Preview, author: { name: severityName(finding.severity) } },
    ]);
    thread.label = label;
    thread.canReply = false;
    thread.contextValue = finding.replacement === undefined ? 'plain' : 'suggestion';
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return { finding, turnId, thread, range };
  }

  #close(how: FindingClosed, which: (shown: ShownFinding) => boolean): void {
    const byTurn = Map.groupBy(this.#shown.filter(which), shown => shown.turnId);
    this.#disposeThreads(which);
    this.#refresh();
    for (const [turnId, group] of byTurn) this.#onClose(turnId, new Set(group.map(shown => shown.finding.id)), how);
  }

  #disposeThreads(which: (shown: ShownFinding) => boolean): void {
    for (const shown of this.#shown.filter(which)) shown.thread.dispose();
    this.#shown = this.#shown.filter(shown => !which(shown));
  }

  /** Looks for the quotes again once typing has paused. */
  #follow(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    if (!this.#shown.some(shown => shown.finding.uri === uri)) return;
    clearTimeout(this.#moved.get(uri));
    const relocate = (): void => {
      this.#moved.delete(uri);
      for (const shown of this.#shown.filter(candidate => candidate.finding.uri === uri)) {
        shown.range = locate(document, shown.finding, shown.range)?.lines;
        if (shown.range) shown.thread.range = shown.range;
        shown.thread.state = shown.range ? vscode.CommentThreadState.Unresolved : vscode.CommentThreadState.Resolved;
        if (!shown.range) shown.thread.label = vscode.l10n.t('The code has changed');
      }
      this.#refresh();
    };
    this.#moved.set(uri, setTimeout(relocate, 200));
  }

  #refresh(): void {
    this.#diagnostics.clear();
    const placed = this.#shown.filter(shown => shown.range !== undefined);
    for (const [uri, group] of Map.groupBy(placed, shown => shown.finding.uri)) {
      this.#diagnostics.set(vscode.Uri.parse(uri, true), group.map(toDiagnostic));
    }
    void vscode.commands.executeCommand('setContext', 'marginalia.hasFindings', this.#shown.length > 0);
  }
}

function toDiagnostic({ finding, range }: ShownFinding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    range ?? new vscode.Range(0, 0, 0, 0),
    shown(withoutCodeMarks(finding.title)),
    diagnosticSeverity[finding.severity],
  );
  diagnostic.source = 'Marginalia';
  return diagnostic;
}

function isTarget(shown: ShownFinding, target: unknown): boolean {
  const isComment = typeof target === 'object' && target !== null && 'thread' in target;
  return target === shown.finding.id || (isComment ? target.thread : target) === shown.thread;
}

interface Place {
  /** The whole lines that hold the quote. */
  lines: vscode.Range;
  /** What a suggestion replaces: the lines, or the part of one line that was quoted. */
  quoted: vscode.Range;
}

/** Where the finding's quote stands in the document; if it stands there several times, where it was before. */
function locate(document: vscode.TextDocument, finding: Finding, near: vscode.Range | undefined): Place | undefined {
  const lines = document.getText().split(/\r?\n/);
  const preferred = near && [{ start: near.start.line, end: near.end.line }];
  const location = locateQuote(lines, finding.quote, preferred);
  if (!location.found) return undefined;
  const { start, end, columns } = location.range;
  const whole = document.validateRange(new vscode.Range(start, 0, end, Number.MAX_SAFE_INTEGER));
  return { lines: whole, quoted: columns ? new vscode.Range(start, columns.start, end, columns.end) : whole };
}

/** The suggestion, with the indentation of the first line that it replaces where the model left that out. */
function replacementFor(finding: Finding, place: Place, document: vscode.TextDocument): string {
  const replacement = (finding.replacement ?? '').replace(/\r?\n$/, '');
  const indentation = /^\s*/.exec(document.lineAt(place.lines.start.line).text)?.[0] ?? '';
  if (place.quoted !== place.lines || /^\s/.test(replacement)) return replacement;
  return replacement
    .split('\n')
    .map(line => (line === '' ? line : indentation + line))
    .join('\n');
}

function severityName(severity: Severity): string {
  if (severity === 'error') return vscode.l10n.t('Error');
  return severity === 'warning' ? vscode.l10n.t('Warning') : vscode.l10n.t('Note');
}
