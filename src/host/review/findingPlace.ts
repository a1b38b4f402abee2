import * as vscode from 'vscode';
import { locateQuote } from '../../core/review/locate.ts';
import { type Suggestion, suggestionFor } from '../../core/review/suggestion.ts';
import type { Finding } from '../../shared/finding.ts';

export interface FindingPlace {
  /** The whole lines that hold the quote. */
  lines: vscode.Range;
  /** What the finding suggests there, if that would change anything. */
  suggestion: Suggestion | undefined;
}

/** Where the finding's quote stands in the document; if it stands there several times, where it was before. */
export function locateFinding(
  document: vscode.TextDocument,
  { quote, replacement }: Finding,
  near: vscode.Range | undefined,
): FindingPlace | undefined {
  const lines = document.getText().split(/\r?\n/);
  const preferred = near && [{ start: near.start.line, end: near.end.line }];
  const location = locateQuote(lines, quote, preferred);
  if (!location.found) return undefined;
  const { range, quoted } = location;
  return {
    lines: document.validateRange(new vscode.Range(range.start, 0, range.end, Number.MAX_SAFE_INTEGER)),
    suggestion: replacement === undefined ? undefined : suggestionFor(lines, range, { quote, quoted, replacement }),
  };
}
