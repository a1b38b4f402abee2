import type { TurnMessage } from '../../shared/protocol/turns.ts';
import type { ChatController } from '../chatController.ts';
import type { ViewLink } from '../viewLink.ts';
import { changing, elsewhere, type Handlers, onShown } from './handlers.ts';

export const turnHandlers: Handlers<TurnMessage> = {
  newConversation: elsewhere(chat => chat.show()),
  editTurn: changing((chat, { turnId, text }, { link }) => editTurn(chat, turnId, text, link)),
  switchTurn: onShown(({ session }, { turnId }) => session.switchTo(turnId)),
  deleteTurn: changing(({ session }, { turnId }) => session.deleteTurn(turnId)),
  restoreTurn: onShown(({ session }) => session.restoreTurn()),
  forkTurn: onShown((chat, { turnId }) => chat.fork(turnId)),
  compareTurns: onShown((chat, { turnId, otherId }) => chat.compare(turnId, otherId)),
};

/** Either kind of turn; the session leaves the other alone. */
async function editTurn(chat: ChatController, turnId: string, text: string, link: ViewLink): Promise<void> {
  const { session } = chat;
  if (text.trim() === '') return;
  session.editAnswer(turnId, text);
  if (session.branch.turns.find(({ id }) => id === turnId)?.role !== 'user') return;
  if (await chat.gate.passesAgain(text)) await session.editQuestion(turnId, text);
  // What was typed is nowhere else.
  else if (session === chat.session) link.post({ type: 'editAgain', turnId, text });
}
