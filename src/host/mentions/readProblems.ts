import * as vscode from 'vscode';
import { mostProblems, problemsText, type ReportedProblem } from '../../core/context/problemsText.ts';
import { displayPath } from '../workspace/excerpts.ts';
import { type Reading, textAttachment } from './reading.ts';

/** What the editor reports about one file, or about all of them where there is no `uri`. */
export function readProblems(id: string, uri?: vscode.Uri): Reading {
  const problems = reportedProblems(uri);
  const path = uri && displayPath(uri);
  if (problems.length === 0) {
    return {
      refusal:
        path === undefined
          ? vscode.l10n.t('There are no problems.')
          : vscode.l10n.t('There are no problems in {0}.', path),
    };
  }
  const file = path?.slice(path.lastIndexOf('/') + 1);
  const left = problems.length - mostProblems;
  const attachment = textAttachment({
    id,
    subject: 'problems',
    name: file === undefined ? vscode.l10n.t('Problems') : vscode.l10n.t('Problems in {0}', file),
    heading: path === undefined ? 'Problems that the editor reports:' : `Problems that the editor reports in ${path}:`,
    languageId: '',
    text: problemsText(problems),
    ...(left > 0 && { note: vscode.l10n.t('Left out: {0}', left) }),
  });
  return { attachment, sensitive: [] };
}

export function countProblems(uri?: vscode.Uri): number {
  return diagnosticsOf(uri).reduce((sum, [, diagnostics]) => sum + diagnostics.length, 0);
}

function reportedProblems(uri?: vscode.Uri): ReportedProblem[] {
  return diagnosticsOf(uri).flatMap(([file, diagnostics]) => {
    const path = displayPath(file);
    return diagnostics.map(diagnostic => reported(path, diagnostic));
  });
}

/** Hints say what could be greyed out; nobody reads them as problems. */
function diagnosticsOf(uri: vscode.Uri | undefined): [vscode.Uri, vscode.Diagnostic[]][] {
  const all: [vscode.Uri, vscode.Diagnostic[]][] = uri
    ? [[uri, vscode.languages.getDiagnostics(uri)]]
    : vscode.languages.getDiagnostics();
  return all.map(([file, found]) => [
    file,
    found.filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint),
  ]);
}

const severities = ['error', 'warning', 'information', 'hint'] as const;

function reported(path: string, { range, severity, message, source, code }: vscode.Diagnostic): ReportedProblem {
  const rule = typeof code === 'object' ? code.value : code;
  return {
    path,
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: severities[severity],
    message,
    source: [source, rule].filter(part => part !== undefined).join(' '),
  };
}
