import * as vscode from 'vscode';
import type { FileNote, FileProblem, NoteAtLine, ReadConversation } from '../../core/carry/trouble.ts';

/** Why a file is no conversation, as a sentence that names the place. */
export function refusalText(name: string, { problem, line, turn }: ReadConversation & { ok: false }): string {
  const why = problemSentence(problem, turn ?? 0);
  return line === undefined
    ? vscode.l10n.t('{0} cannot be opened as a chat. {1}', name, why)
    : vscode.l10n.t('{0} cannot be opened as a chat. Line {1}: {2}', name, line, why);
}

function problemSentence(problem: FileProblem, turn: number): string {
  switch (problem) {
    case 'notJson':
      return vscode.l10n.t('It is not valid JSON.');
    case 'notAConversation':
      return vscode.l10n.t('It is JSON, and not of an exported conversation.');
    case 'newerVersion':
      return vscode.l10n.t('A newer version of Marginalia has written it.');
    case 'openFrontMatter':
      return vscode.l10n.t('The fields that begin with “---” have no second “---” after them.');
    case 'noTurns':
      return vscode.l10n.t('It has no message in it. Messages stand below headings such as “## You”.');
    case 'badTurn':
      return vscode.l10n.t('Message {0} lacks something that every message has.', turn);
    case 'badParent':
      return vscode.l10n.t('Message {0} follows a message that does not stand before it.', turn);
  }
}

/** What of a file was not taken over, as a sentence that names the place; the first one, and how many more there are. */
export function notesText(name: string, [first, ...others]: readonly NoteAtLine[]): string {
  if (!first) return '';
  const note = noteSentence(first.note);
  return others.length === 0
    ? vscode.l10n.t('{0} was opened, but not all of it. Line {1}: {2}', name, first.line, note)
    : vscode.l10n.t(
        '{0} was opened, but not all of it. Line {1}: {2} (and {3} more)',
        name,
        first.line,
        note,
        others.length,
      );
}

function noteSentence(note: FileNote): string {
  switch (note) {
    case 'badField':
      return vscode.l10n.t('This field cannot be read.');
    case 'textBeforeTurns':
      return vscode.l10n.t('This text stands before the first message and belongs to none.');
    case 'badData':
      return vscode.l10n.t('This data cannot be read. What stands above for readers was taken.');
    case 'missingData':
      return vscode.l10n.t('What belongs here is not in the file.');
    case 'openFence':
      return vscode.l10n.t('This block of code has no end.');
    case 'editedFinding':
      return vscode.l10n.t('A finding cannot be changed here; the first one was taken.');
    case 'missingParent':
      return vscode.l10n.t('The message before this one is not in the file.');
  }
}
