import { randomUUID } from './randomUUID.ts';
import * as vscode from 'vscode';
import { isUsable } from '../core/chat/condense.ts';
import type { ChatSession } from '../core/chat/session.ts';
import type { Attachment } from '../shared/conversation.ts';
import type { ChatController } from './chatController.ts';
import { showInformation } from './show.ts';

/** Has the model sum up the conversation: its older turns, or all of it, to go on from there in a new one. */
export async function summarize(chat: ChatController, inNewConversation: boolean): Promise<void> {
  const { session } = chat;
  if (session.running) {
    void showInformation(vscode.l10n.t('Wait for the answer to end, or stop it first.'));
    return;
  }
  if (!(await chat.gate.passesAgain(summaryText()))) return;
  const summary = await session.summarizer.summarize(inNewConversation ? 'all' : 'older');
  if (!summary) {
    void showInformation(vscode.l10n.t('There is nothing to summarize yet.'));
  } else if (inNewConversation && isUsable(summary) && session === chat.session) {
    await goOnInNew(chat, summary.turn.id);
  }
}

/** What the request for a summary is called where it has to wait. */
export function summaryText(): string {
  return vscode.l10n.t('Summarize Older Turns');
}

/**
 * Shows a new conversation that begins with a summary of this one, where one is named, and with what was not answered
 * here: it moves into the new one's composer.
 */
export async function goOnInNew(chat: ChatController, summaryTurnId: string | undefined): Promise<void> {
  const old = chat.session;
  const summary = summaryTurnId === undefined ? undefined : old.condensing.find(summaryTurnId);
  const unanswered = unansweredIn(old);
  await chat.show(undefined, session => {
    session.unsent.parameters = old.unsent.parameters;
    session.unsent.draft = unanswered.text;
    if (unanswered.attachments.length > 0) session.unsent.attachments = unanswered.attachments;
    if (summary) session.condensing.adopt({ ...summary.turn, id: randomUUID() });
  });
  old.unsent.draft = '';
  old.unsent.attachments = [];
  // It was made for the new one; the old one stays as it was.
  if (summary && summary.throughTurnId !== null) old.condensing.undo(summary.turn.id);
}

/** What is written and not sent, after the question whose answer has failed. */
function unansweredIn({ branch, unsent }: ChatSession): { text: string; attachments: Attachment[] } {
  const [asked, answer] = branch.turns.slice(-2);
  const hasFailed = answer?.role === 'assistant' && answer.state.phase === 'failed';
  const failed = hasFailed && asked?.role === 'user' && asked.intent === 'chat' ? asked : undefined;
  return {
    text: [failed?.text ?? '', unsent.draft].filter(text => text !== '').join('\n\n'),
    attachments: [...(failed?.attachments ?? []), ...unsent.attachments],
  };
}
