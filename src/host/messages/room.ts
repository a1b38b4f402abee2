import type { RoomMessage } from '../../shared/protocol/room.ts';
import { goOnInNew, summarize, summaryText } from '../makeRoom.ts';
import { changing, type Handlers, onShown } from './handlers.ts';

export const roomHandlers: Handlers<RoomMessage> = {
  summarize: changing((chat, { inNewConversation }) => summarize(chat, inNewConversation)),
  retrySummary: changing(async (chat, { turnId }) => {
    if (await chat.gate.passesAgain(summaryText())) await chat.session.summarizer.retry(turnId);
  }),
  editSummary: changing(({ session }, { turnId, text }) => session.condensing.edit(turnId, text)),
  undoSummary: changing(({ session }, { turnId }) => session.condensing.undo(turnId)),
  listAttached: onShown(chat => chat.watch.sizes.listAttached()),
  omit: changing(({ session }, { id, isOmitted }) => session.condensing.omit(id, isOmitted)),
  setStart: onShown(({ session }, { turnId, startsOver }) => session.setStart(turnId, startsOver)),
  goOnInNew: onShown((chat, { summaryTurnId }) => goOnInNew(chat, summaryTurnId)),
};
