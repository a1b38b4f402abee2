import * as vscode from 'vscode';
import type { DueNotice } from '../../core/chat/dueNotice.ts';
import type { SaveFailure } from '../../core/storage/sqliteErrors.ts';
import type { ConversationNotice } from '../../shared/notice.ts';

/** What has to be said of a conversation, in the user's language. */
export function noticeText(due: DueNotice): ConversationNotice {
  switch (due.kind) {
    case 'unsaved':
      return warning(vscode.l10n.t('Not saved yet'), unsavedText(due.reason));
    case 'damaged':
      return damagedNotice();
    case 'inMemory':
      return inMemoryNotice();
    case 'missing':
      return missingNotice();
  }
}

/** Why something can't be saved, and what becomes of it, in words of ours. */
export function unsavedText(reason: SaveFailure): string {
  switch (reason) {
    case 'diskFull':
      return vscode.l10n.t('The disk is full. The conversation goes on in memory, and is saved once there is room.');
    case 'locked':
      return vscode.l10n.t(
        'Another program is using the file of the conversations. What is new goes on in memory, and is saved once the file is free.',
      );
    case 'readOnly':
      return vscode.l10n.t(
        'The file of the conversations is read-only. What is new is in memory alone: export what you want to keep.',
      );
    case 'unwritable':
      return vscode.l10n.t(
        'The file of the conversations cannot be written. What is new goes on in memory, and is saved once it can be.',
      );
    case 'damaged':
      return vscode.l10n.t(
        'The stored conversations are damaged. What is new goes on in memory: export it before you reload the window.',
      );
    case 'unknown':
      return vscode.l10n.t(
        'A part of the conversation could not be saved and is in memory alone. Export it to keep it.',
      );
  }
}

function inMemoryNotice(): ConversationNotice {
  return warning(
    vscode.l10n.t('Conversations are not stored'),
    vscode.l10n.t('They will be lost when this window closes. Export what you want to keep.'),
  );
}

function damagedNotice(): ConversationNotice {
  return warning(
    vscode.l10n.t('This conversation is damaged'),
    vscode.l10n.t(
      'What can be read of it is shown, and nothing is changed in it any more. What you send goes on in a new conversation.',
    ),
  );
}

function missingNotice(): ConversationNotice {
  return {
    severity: 'info',
    title: vscode.l10n.t('The conversation that was open here is gone'),
    text: vscode.l10n.t('It was deleted. What you write here begins a new one.'),
    buttons: [],
  };
}

function warning(title: string, text: string): ConversationNotice {
  const exporting = { label: vscode.l10n.t('Export Conversation'), command: 'marginalia.exportConversation' } as const;
  return { severity: 'warning', title, text, buttons: [exporting] };
}
