import * as vscode from 'vscode';
import { prepareAnswer } from '../../core/request/prepareAnswer.ts';
import { nextTurns } from '../../core/chat/nextTurns.ts';
import type { ChatController } from '../chatController.ts';
import { showDone } from '../show.ts';

/** Puts the body of the request that would go out now onto the clipboard. It holds no key. */
export async function copyRequest(chat: ChatController): Promise<void> {
  const { history, sources } = await nextTurns(await chat.open(), chat.parts.nextTurn);
  const { body } = prepareAnswer(history, [], sources);
  await vscode.env.clipboard.writeText(JSON.stringify(body, undefined, 2));
  showDone(vscode.l10n.t('Request copied'));
}
