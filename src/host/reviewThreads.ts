import * as vscode from 'vscode';
import { commentMarkdown } from '../core/review/commentMarkdown.ts';
import type { Review } from '../core/chat/session.ts';
import { withoutCodeMarks } from '../shared/codeMarks.ts';
import type { Finding, FindingClosed, Severity } from '../shared/conversation.ts';
import { shown } from '../shared/shown.ts';
import { locateFinding, replacementFor } from './findingPlace.ts';
import { lazily } from './lazily.ts';
import { commentText, showInformation, showWarning } from './show.ts';

interface ShownFinding {
  finding: Finding;
  conversationId: string;
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

export type CloseFindings = (
  conversationId: string,
  turnId: string,
  findingIds: ReadonlySet<string>,
  how: FindingClosed,
) => void;

/**
 * Shows placed findings as comment threads and as problems. Both follow the quoted code through edits, and go as soon
 * as the code is no longer there: a finding never stands at a line that it does not quote. Those of several reviews
 * stand there together, each until it is dealt with.
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
  /** The one that was gone to last. */
  #visited: ShownFinding | undefined;

  constructor(onClose: CloseFindings) {
    this.#onClose = onClose;
    this.#subscriptions = [
      { dispose: () => this.#controller.opened?.dispose() },
      this.#diagnostics,
      vscode.workspace.onDidChangeTextDocument(event => this.#follow(event.document)),
      // A file may have changed since it was reviewed, while nobody looked.
      vscode.workspace.onDidOpenTextDocument(document => this.#relocate(document)),
    ];
  }

  /** Shows the placed findings of a review beside those of others; of one that is shown already, in their place. */
  show(review: Review): void {
    this.#disposeThreads(({ turnId }) => turnId === review.turnId);
    const placed = review.findings.filter(finding => finding.placement.placed && !finding.closed);
    const added = placed.map((finding, index) => this.#create(review, finding, `${index + 1} / ${placed.length}`));
    this.#shown = [...this.#shown, ...added];
    for (const uri of new Set(placed.map(finding => finding.uri))) {
      const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri);
      if (open) this.#relocate(open);
    }
    this.#refresh();
  }

  hasFindings(conversationId: string): boolean {
    return this.#shown.some(shown => shown.conversationId === conversationId);
  }

  /** Takes away the findings of a conversation that is gone. */
  forget(conversationId: string): void {
    this.#disposeThreads(shown => shown.conversationId === conversationId);
    this.#refresh();
  }

  /** Whether the finding with this id stands in the editor. */
  has(findingId: string): boolean {
    return this.#shown.some(({ finding }) => finding.id === findingId);
  }

  /**
   * Goes to the finding after `target`, or else after the one at the cursor or the one that was gone to last, and opens
   * it. After the last one comes the first.
   */
  async next(target: unknown): Promise<void> {
    const there = this.#shown.filter(({ range }) => range !== undefined);
    const current =
      there.find(shown => isTarget(shown, target)) ??
      there.find(isAtCursor) ??
      there.find(shown => shown === this.#visited);
    const next = there[(current ? there.indexOf(current) + 1 : 0) % there.length];
    if (next) await this.#goTo(next);
    else void showInformation(vscode.l10n.t('There is no finding to go to.'));
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
    const place = locateFinding(document, shown.finding, shown.range);
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

  #create({ conversationId, turnId }: Review, finding: Finding, label: string): ShownFinding {
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
    return { finding, conversationId, turnId, thread, range };
  }

  #close(how: FindingClosed, which: (shown: ShownFinding) => boolean): void {
    const byTurn = Map.groupBy(this.#shown.filter(which), shown => shown.turnId);
    this.#disposeThreads(which);
    this.#refresh();
    for (const [turnId, group] of byTurn) {
      const ids = new Set(group.map(shown => shown.finding.id));
      this.#onClose(group[0]?.conversationId ?? '', turnId, ids, how);
    }
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
    this.#moved.set(
      uri,
      setTimeout(() => this.#relocate(document), 200),
    );
  }

  #relocate(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    clearTimeout(this.#moved.get(uri));
    this.#moved.delete(uri);
    const there = this.#shown.filter(({ finding }) => finding.uri === uri);
    for (const shown of there) {
      shown.range = locateFinding(document, shown.finding, shown.range)?.lines;
      if (shown.range) shown.thread.range = shown.range;
      shown.thread.state = shown.range ? vscode.CommentThreadState.Unresolved : vscode.CommentThreadState.Resolved;
      if (!shown.range) shown.thread.label = vscode.l10n.t('The code has changed');
    }
    if (there.length > 0) this.#refresh();
  }

  async #goTo(shown: ShownFinding): Promise<void> {
    const { thread, range } = shown;
    this.#visited = shown;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    const start = range?.start ?? new vscode.Position(0, 0);
    try {
      await vscode.window.showTextDocument(thread.uri, { selection: new vscode.Range(start, start), preview: true });
    } catch {
      void showWarning(vscode.l10n.t('The file can no longer be opened.'));
    }
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

function isAtCursor({ finding, range }: ShownFinding): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.toString() === finding.uri && range?.contains(editor.selection.active) === true;
}

function isTarget(shown: ShownFinding, target: unknown): boolean {
  const isComment = typeof target === 'object' && target !== null && 'thread' in target;
  return target === shown.finding.id || (isComment ? target.thread : target) === shown.thread;
}

function severityName(severity: Severity): string {
  if (severity === 'error') return vscode.l10n.t('Error');
  return severity === 'warning' ? vscode.l10n.t('Warning') : vscode.l10n.t('Note');
}
