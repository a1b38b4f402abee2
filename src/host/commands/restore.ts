import * as vscode from 'vscode';
import type { ChatPlace } from '../places/chatPlace.ts';
import { showInformation } from '../show.ts';

/** Asks in the chat whether to go back to before the last turn in which files were changed. */
export async function restore(place: ChatPlace): Promise<void> {
  const session = await place.chat.open();
  await session.checkpoints?.load();
  const turnId = place.chat.parts.restoring.lastTurnId;
  if (turnId === undefined) void showInformation(vscode.l10n.t('Nothing was changed in this conversation.'));
  else await place.want(link => link.about({ type: 'askRestore', conversationId: session.id, turnId }));
}

/** Takes back the last restore of the conversation. */
export async function undoRestore({ chat }: ChatPlace): Promise<void> {
  const session = await chat.open();
  await session.checkpoints?.load();
  if (session.checkpoints?.points?.restoredTurnId === undefined) {
    void showInformation(vscode.l10n.t('There is no restore to undo.'));
  } else await chat.parts.restoring.undo();
}
