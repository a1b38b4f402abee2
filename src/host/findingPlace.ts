import * as vscode from 'vscode';
import { locateQuote } from '../core/review/locate.ts';
import type { Finding } from '../shared/conversation.ts';

export interface FindingPlace {
  /** The whole lines that hold the quote. */
  lines: vscode.Range;
  /** What a suggestion replaces: the lines, or the part of one line that was quoted. */
  quoted: vscode.Range;
}

/** Where the finding's quote stands in the document; if it stands there several times, where it was before. */
export function locateFinding(
  document: vscode.TextDocument,
  finding: Finding,
  near: vscode.Range | undefined,
): FindingPlace | undefined {
  const lines = document.getText().split(/\r?\n/);
  const preferred = near && [{ start: near.start.line, end: near.end.line }];
  const location = locateQuote(lines, finding.quote, preferred);
  if (!location.found) return undefined;
  const { start, end, columns } = location.range;
  const whole = document.validateRange(new vscode.Range(start, 0, end, Number.MAX_SAFE_INTEGER));
  return { lines: whole, quoted: columns ? new vscode.Range(start, columns.start, end, columns.end) : whole };
}

/** The suggestion, with the indentation of the first line that it replaces where the model left that out. */
export function replacementFor(finding: Finding, place: FindingPlace, document: vscode.TextDocument): string {
  const replacement = (finding.replacement ?? '').replace(/\r?\n$/, '');
  const indentation = /^\s*/.exec(document.lineAt(place.lines.start.line).text)?.[0] ?? '';
  if (place.quoted !== place.lines || /^\s/.test(replacement)) return replacement;
  return replacement
    .split('\n')
    .map(line => (line === '' ? line : indentation + line))
    .join('\n');
}
