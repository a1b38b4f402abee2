import type { RoomMessage, RoomReplies, RoomRequest } from '../../shared/protocol/room.ts';
import { goOnInNew, summarize, summaryText } from '../makeRoom.ts';
import { changing, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const roomHandlers: Handlers<RoomMessage> = {
  summarize: changing((chat, { inNewConversation }) => summarize(chat, inNewConversation)),
  retrySummary: changing(async (chat, { turnId }) => {
    if (await chat.gate.passesAgain(summaryText())) await chat.session.summarizer.retry(turnId);
  }),
  editSummary: changing(({ session }, { turnId, text }) => session.condensing.edit(turnId, text)),
  undoSummary: changing(({ session }, { turnId }) => session.condensing.undo(turnId)),
  omit: changing(({ session }, { id, isOmitted }) => session.condensing.omit(id, isOmitted)),
  setStart: onShown(({ session }, { turnId, startsOver }) => session.setStart(turnId, startsOver)),
  goOnInNew: onShown((chat, { summaryTurnId }) => goOnInNew(chat, summaryTurnId)),
};

export const roomRequestHandlers: RequestHandlers<RoomRequest, RoomReplies> = {
  listAttached: onShown(({ watch }) => watch.sizes.attached()),
};
