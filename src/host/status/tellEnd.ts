import * as vscode from 'vscode';
import { readNoticeChoice } from '../config.ts';
import type { RunNews } from '../../core/chat/conversations.ts';
import { showInformation, showWarning } from '../show.ts';
import { isNews, noticeOf } from './answerNotice.ts';

/** Tells of an answer that has ended while the user was elsewhere; `open` shows it. */
export async function tellEnd(news: RunNews, open: (conversationId: string) => Promise<unknown>): Promise<void> {
  const { session, startedAt, end } = news;
  if (!end || !isNews(readNoticeChoice(), vscode.window.state.focused, Date.now() - startedAt, end)) return;
  const title = session.conversation.title || vscode.l10n.t('Untitled');
  const { isTrouble, text } = noticeOf(title, end, vscode.l10n.t);
  const show = vscode.l10n.t('Show');
  const tell = isTrouble ? showWarning : showInformation;
  if ((await tell(text, show)) === show) await open(session.id);
}
