import * as vscode from 'vscode';
import { commentMarkdown } from '../../core/review/commentMarkdown.ts';
import { withoutCodeMarks } from '../../shared/codeMarks.ts';
import type { Finding, Severity } from '../../shared/finding.ts';
import { shown } from '../../shared/shown.ts';
import { lazily } from '../lazily.ts';
import { commentText } from '../show.ts';

/** The comments that findings stand in, below lines of files and below cells of notebooks. */
export class FindingComments implements vscode.Disposable {
  /** Made with the first thread: activation would wait for it longer than for all the rest. */
  readonly #controller = lazily(() =>
    vscode.comments.createCommentController('marginalia.review', vscode.l10n.t('Marginalia Review')),
  );
  /** Where the pictures are. */
  readonly #media: vscode.Uri;
  #drawing: NodeJS.Timeout | undefined;

  constructor(media: vscode.Uri) {
    this.#media = media;
  }

  /** Below a cell of a notebook the editor shows only threads without lines. */
  createThread(uri: vscode.Uri, range: vscode.Range, finding: Finding, diff: string | undefined): vscode.CommentThread {
    const place = isCell(uri) ? new vscode.Range(NaN, 0, NaN, 0) : range;
    this.changed(uri);
    return this.#controller.value.createCommentThread(uri, place, [this.comment(finding, diff)]);
  }

  /** The line that a comment begins with is the severity's picture and the title. */
  comment({ severity, title, explanation }: Finding, diff: string | undefined): vscode.Comment {
    return {
      body: commentText(commentMarkdown(explanation, diff, vscode.l10n.t('Suggested change:'))),
      mode: vscode.CommentMode.Preview,
      author: {
        name: shown(withoutCodeMarks(title)),
        iconPath: vscode.Uri.joinPath(this.#media, 'severity', `${severity}.svg`),
      },
      label: severityName(severity),
    };
  }

  /** Below cells the editor draws threads anew when one of another kind comes or goes, and not when they themselves do. */
  changed(uri: vscode.Uri): void {
    if (!isCell(uri)) return;
    clearTimeout(this.#drawing);
    // The editor hears of a thread's changes a moment later.
    this.#drawing = setTimeout(() => {
      this.#controller.value.createCommentThread(uri, new vscode.Range(0, 0, 0, 0), []).dispose();
    }, 300);
  }

  dispose(): void {
    clearTimeout(this.#drawing);
    this.#controller.opened?.dispose();
  }
}

export function isCell(uri: vscode.Uri): boolean {
  return uri.scheme === 'vscode-notebook-cell';
}

function severityName(severity: Severity): string {
  if (severity === 'error') return vscode.l10n.t('Error');
  return severity === 'warning' ? vscode.l10n.t('Warning') : vscode.l10n.t('Note');
}
