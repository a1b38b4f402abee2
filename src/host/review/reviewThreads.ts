import * as vscode from 'vscode';
import { suggestionDiff } from '../../core/review/commentMarkdown.ts';
import type { Review } from '../../core/chat/reviews.ts';
import { withoutCodeMarks } from '../../shared/codeMarks.ts';
import type { Finding, FindingClosed, Severity } from '../../shared/finding.ts';
import { singleChange } from '../../core/context/singleChange.ts';
import { type Suggestion, withSuggestion } from '../../core/review/suggestion.ts';
import { type FindingComments, isCell } from './findingComments.ts';
import { locateFinding } from './findingPlace.ts';
import type { Proposal } from '../code/proposals.ts';
import { createProblem, showInformation, showWarning } from '../show.ts';

interface ShownFinding {
  finding: Finding;
  conversationId: string;
  turnId: string;
  thread: vscode.CommentThread;
  /** Where the quote stands now; undefined once it is gone from the file. */
  range: vscode.Range | undefined;
  /** The suggestion as the comment shows it; undefined where it has none. */
  diff: string | undefined;
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
  readonly #comments: FindingComments;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('marginalia');
  readonly #onClose: CloseFindings;
  readonly #propose: (proposal: Proposal) => Promise<void>;
  readonly #subscriptions: { dispose(): unknown }[];
  readonly #moved = new Map<string, NodeJS.Timeout>();
  #shown: ShownFinding[] = [];
  /** The one that was gone to last. */
  #visited: ShownFinding | undefined;
  /** Where the one stood that was dealt with last, and the one after it. */
  #left: { uri: string; range: vscode.Range | undefined; next: ShownFinding | undefined } | undefined;

  /** `propose` shows what a suggestion would make of a file, for the user to accept. */
  constructor(comments: FindingComments, onClose: CloseFindings, propose: (proposal: Proposal) => Promise<void>) {
    this.#comments = comments;
    this.#onClose = onClose;
    this.#propose = propose;
    this.#subscriptions = [
      comments,
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
    const added = placed.map((finding, index) => this.#create(review, finding, index, placed.length));
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
   * Goes to the finding after `target`, or else after the one at the cursor, the one that was dealt with there or the one
   * that was gone to last, and opens it. After the last one comes the first.
   */
  async next(target: unknown): Promise<void> {
    const there = this.#shown.filter(({ range }) => range !== undefined);
    const named = there.find(shown => isTarget(shown, target));
    const afterLeft = named ? undefined : this.#afterLeft(there);
    const visited = there.find(shown => shown === this.#visited);
    // Several may stand at one line.
    const atCursor = visited && isAtCursor(visited) ? visited : there.find(isAtCursor);
    const current = named ?? atCursor ?? visited;
    const next = afterLeft ?? there[(current ? there.indexOf(current) + 1 : 0) % there.length];
    if (next) await this.#goTo(next);
    else void showInformation(vscode.l10n.t('There is no finding to go to.'));
  }

  /** The one after that which was dealt with last, unless the user has gone to another one since. */
  #afterLeft(there: readonly ShownFinding[]): ShownFinding | undefined {
    const left = this.#left;
    const next = there.find(shown => shown === left?.next);
    if (!left || !next) return undefined;
    return isCursorAt(left.uri, left.range) || !there.some(isAtCursor) ? next : undefined;
  }

  /** Takes away all findings. */
  clear(): void {
    this.#close('cleared', () => true);
  }

  /** `target` is what the editor hands to a command on a thread, or a finding's id. */
  dismiss(target: unknown): void {
    const shown = this.#shown.find(candidate => isTarget(candidate, target));
    if (shown) this.#closeOne('dismissed', shown);
  }

  /** What can be done about the findings at a place, for the editor's quick fixes. */
  quickFixes(uri: vscode.Uri, range: vscode.Range): { finding: Finding; thread: vscode.CommentThread }[] {
    return this.#shown.filter(
      shown => shown.finding.uri === uri.toString() && shown.range?.intersection(range) !== undefined,
    );
  }

  async applyOrExplain(target: unknown): Promise<void> {
    const shown = this.#shown.find(candidate => isTarget(candidate, target));
    if (shown?.finding.replacement !== undefined && (await this.#apply(shown, target === shown.finding.id))) return;
    void showWarning(vscode.l10n.t('The code has changed since the review, so the suggestion was not applied.'));
  }

  /**
   * Puts the suggestion in place of the quoted lines, as one step to undo; shows it first where that is not what the user
   * has seen: in the chat (`isFromChat`) as the model has written it, in the comment as it was then. False where the code
   * is no longer there.
   */
  async #apply(shown: ShownFinding, isFromChat: boolean): Promise<boolean> {
    const target = shown.thread.uri;
    const document = await vscode.workspace.openTextDocument(target);
    const place = locateFinding(document, shown.finding, shown.range);
    if (!place) return false;
    const { suggestion } = place;
    if (!suggestion) {
      void showInformation(vscode.l10n.t('The code is already as the suggestion has it.'));
      return true;
    }
    const before = document.getText();
    const after = withSuggestion(before, suggestion);
    const close = (): void => this.#closeOne('applied', shown);
    const isSeen = isFromChat ? suggestion.isAsWritten : diffOf(document, suggestion) === shown.diff;
    if (!suggestion.isSure || !isSeen) {
      const again = (): Promise<void> => this.applyOrExplain(shown.finding.id);
      await this.#propose({ target, before, after, again, accepted: close });
      return true;
    }
    const change = singleChange(before, after);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
    edit.replace(target, range, change.text);
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    close();
    return true;
  }

  dispose(): void {
    for (const timer of this.#moved.values()) clearTimeout(timer);
    this.#disposeThreads(() => true);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Only the first of a review is open by itself: all of them would cover the code. */
  #create({ conversationId, turnId }: Review, finding: Finding, index: number, count: number): ShownFinding {
    const uri = vscode.Uri.parse(finding.uri, true);
    const { placement, quote, replacement } = finding;
    const range = placement.placed
      ? new vscode.Range(placement.line - 1, 0, placement.endLine - 1, Number.MAX_SAFE_INTEGER)
      : new vscode.Range(0, 0, 0, 0);
    // As the model has it, until the file is open.
    const diff = replacement === undefined ? undefined : suggestionDiff(linesOf(quote), linesOf(replacement));
    const thread = this.#comments.createThread(uri, range, finding, diff);
    thread.label = `${index + 1} / ${count}`;
    thread.canReply = false;
    thread.contextValue = replacement === undefined ? 'plain' : 'suggestion';
    thread.collapsibleState =
      index === 0 ? vscode.CommentThreadCollapsibleState.Expanded : vscode.CommentThreadCollapsibleState.Collapsed;
    return { finding, conversationId, turnId, thread, range, diff };
  }

  #closeOne(how: FindingClosed, shown: ShownFinding): void {
    const index = this.#shown.indexOf(shown);
    const others = [...this.#shown.slice(index + 1), ...this.#shown.slice(0, index)];
    const next = others.find(({ range }) => range !== undefined);
    this.#left = { uri: shown.finding.uri, range: shown.range, next };
    this.#close(how, candidate => candidate === shown);
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
    for (const { thread } of this.#shown.filter(which)) {
      thread.dispose();
      this.#comments.changed(thread.uri);
    }
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
      const place = locateFinding(document, shown.finding, shown.range);
      shown.range = place?.lines;
      if (place) this.#showDiff(shown, place.suggestion && diffOf(document, place.suggestion));
      if (shown.range && !isCell(shown.thread.uri)) shown.thread.range = shown.range;
      shown.thread.state = shown.range ? vscode.CommentThreadState.Unresolved : vscode.CommentThreadState.Resolved;
      if (!shown.range) shown.thread.label = vscode.l10n.t('The code has changed');
      this.#comments.changed(shown.thread.uri);
    }
    if (there.length > 0) this.#refresh();
  }

  #showDiff(shown: ShownFinding, diff: string | undefined): void {
    if (shown.diff === diff) return;
    shown.diff = diff;
    shown.thread.comments = [this.#comments.comment(shown.finding, diff)];
    shown.thread.contextValue = diff === undefined ? 'plain' : 'suggestion';
    this.#comments.changed(shown.thread.uri);
  }

  async #goTo(shown: ShownFinding): Promise<void> {
    const { thread, range } = shown;
    this.#visited = shown;
    this.#left = undefined;
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
  const place = range ?? new vscode.Range(0, 0, 0, 0);
  return createProblem(place, withoutCodeMarks(finding.title), diagnosticSeverity[finding.severity]);
}

function isAtCursor({ finding, range }: ShownFinding): boolean {
  return isCursorAt(finding.uri, range);
}

function isCursorAt(uri: string, range: vscode.Range | undefined): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.toString() === uri && range?.contains(editor.selection.active) === true;
}

function diffOf(document: vscode.TextDocument, { start, end, lines }: Suggestion): string {
  return suggestionDiff(linesOf(document.getText()).slice(start, end + 1), lines);
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function isTarget(shown: ShownFinding, target: unknown): boolean {
  const isComment = typeof target === 'object' && target !== null && 'thread' in target;
  return target === shown.finding.id || (isComment ? target.thread : target) === shown.thread;
}
