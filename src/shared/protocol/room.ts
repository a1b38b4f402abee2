import type { AttachedSize } from '../nextSize.ts';
import { flag, type MessageReaders, optional, text } from './readers.ts';

/** What makes room in the context window. */
export type RoomMessage =
  /** Have the model sum up the older turns; with `inNewConversation` all of them, and go on there. */
  | { type: 'summarize'; inNewConversation: boolean }
  | { type: 'retrySummary'; turnId: string }
  | { type: 'editSummary'; turnId: string; text: string }
  | { type: 'undoSummary'; turnId: string }
  /** Leave it out of requests, or take it in again. */
  | { type: 'omit'; id: string; isOmitted: boolean }
  /** Whether requests begin with the turn, without what was said before. */
  | { type: 'setStart'; turnId: string; startsOver: boolean }
  /** Begin anew with what was not answered, and with the summary where one is named. */
  | { type: 'goOnInNew'; summaryTurnId?: string };

export const roomReaders: MessageReaders<RoomMessage> = {
  summarize: { inNewConversation: flag },
  retrySummary: { turnId: text },
  editSummary: { turnId: text, text },
  undoSummary: { turnId: text },
  omit: { id: text, isOmitted: flag },
  setStart: { turnId: text, startsOver: flag },
  goOnInNew: { summaryTurnId: optional(text) },
};

/** Tell what is attached to turns, and beside the message, with its size. */
export interface RoomRequest {
  type: 'listAttached';
}

export const roomRequestReaders: MessageReaders<RoomRequest> = { listAttached: {} };

export interface RoomReplies {
  /** The largest first. */
  listAttached: AttachedSize[];
}
