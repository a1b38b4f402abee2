import type { TurnMessage } from '../../shared/protocol/turns.ts';
import { changing, elsewhere, type Handlers, onShown } from './handlers.ts';

export const turnHandlers: Handlers<TurnMessage> = {
  newConversation: elsewhere(chat => chat.show()),
  editTurn: changing(({ parts }, { turnId, text }) => parts.again.edit(turnId, text)),
  switchTurn: onShown(({ session }, { turnId }) => session.switchTo(turnId)),
  deleteTurn: changing(({ session }, { turnId }) => session.deleteTurn(turnId)),
  deleteBranch: changing(({ session }, { turnId }) => session.deleteBranch(turnId)),
  restoreTurn: onShown(({ session }) => session.restoreTurn()),
  forkTurn: onShown(({ parts }, { turnId }) => parts.goingOn.fork(turnId)),
  compareTurns: onShown((chat, { turnId, otherId }) => chat.compare(turnId, otherId)),
};
