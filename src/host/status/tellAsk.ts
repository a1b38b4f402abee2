import * as vscode from 'vscode';
import type { ChatSession } from '../../core/chat/session.ts';
import { readNoticeChoice } from '../config.ts';
import { showInformation } from '../show.ts';

/**
 * Tells that a conversation waits for the user's word on a call, where they do not look at it; `open` shows it. One that
 * is hidden would wait for ever.
 */
export async function tellAsk(
  { id, conversation }: ChatSession,
  isSeen: boolean,
  open: (conversationId: string) => Promise<unknown>,
): Promise<void> {
  const isToldElsewhere = !vscode.window.state.focused && readNoticeChoice() !== 'never';
  if (isSeen && !isToldElsewhere) return;
  const title = conversation.title || vscode.l10n.t('Untitled');
  const show = vscode.l10n.t('Show');
  if ((await showInformation(vscode.l10n.t('“{0}” waits for your word.', title), show)) === show) await open(id);
}
