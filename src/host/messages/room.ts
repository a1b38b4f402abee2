import type { RoomMessage, RoomReplies, RoomRequest } from '../../shared/protocol/room.ts';
import { changing, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const roomHandlers: Handlers<RoomMessage> = {
  summarize: changing(({ parts }, { inNewConversation }) => parts.room.summarize(inNewConversation)),
  retrySummary: changing(({ parts }, { turnId }) => parts.room.retry(turnId)),
  editSummary: changing(({ session }, { turnId, text }) => session.condensing.edit(turnId, text)),
  undoSummary: changing(({ session }, { turnId }) => session.condensing.undo(turnId)),
  omit: changing(({ session }, { id, isOmitted }) => session.condensing.omit(id, isOmitted)),
  setStart: onShown(({ session }, { turnId, startsOver }) => session.setStart(turnId, startsOver)),
  goOnInNew: onShown(({ parts }, { summaryTurnId }) => parts.goingOn.inNew(summaryTurnId)),
};

export const roomRequestHandlers: RequestHandlers<RoomRequest, RoomReplies> = {
  listAttached: onShown(({ parts }) => parts.watch.sizes.attached()),
};
