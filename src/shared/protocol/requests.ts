import { type AttachmentReplies, type AttachmentRequest, attachmentRequestReaders } from './attachments.ts';
import { type RecallReplies, type RecallRequest, recallReaders } from './composer.ts';
import { type HistoryReplies, type HistoryRequest, historyRequestReaders } from './history.ts';
import { type MentionReplies, type MentionRequest, mentionRequestReaders } from './mentions.ts';
import { type SumReplies, type SumRequest, sumReaders } from './nextRequest.ts';
import { type PathReplies, type PathRequest, pathRequestReaders } from './paths.ts';
import { integer, type MessageReaders, parseMessage, refused } from './readers.ts';
import { type RestoreReplies, type RestoreRequest, restoreRequestReaders } from './restore.ts';
import { type RoomReplies, type RoomRequest, roomRequestReaders } from './room.ts';

/** What the view asks the host, and gets one reply to: each feature has its own, with their readers. */
export type ViewRequest =
  | AttachmentRequest
  | HistoryRequest
  | MentionRequest
  | PathRequest
  | RecallRequest
  | RestoreRequest
  | RoomRequest
  | SumRequest;

/** What a request of each type is answered with. */
export type Replies = AttachmentReplies &
  HistoryReplies &
  MentionReplies &
  PathReplies &
  RecallReplies &
  RestoreReplies &
  RoomReplies &
  SumReplies;

export type ReplyTo<Request extends ViewRequest> = Replies[Request['type']];

/** Asks, under a number that no other question of any page has for as long as it may be answered. */
export interface RequestMessage {
  type: 'request';
  id: number;
  request: ViewRequest;
}

export const requestReaders: MessageReaders<RequestMessage> = {
  request: { id: integer, request: viewRequest },
};

/** The answer to a request; a question that can't be answered is rejected, with the reason as a sentence. */
export type ReplyMessage =
  { type: 'reply'; id: number; value: ReplyTo<ViewRequest> } | { type: 'rejection'; id: number; problem: string };

const readers: MessageReaders<ViewRequest> = {
  ...attachmentRequestReaders,
  ...historyRequestReaders,
  ...mentionRequestReaders,
  ...pathRequestReaders,
  ...recallReaders,
  ...restoreRequestReaders,
  ...roomRequestReaders,
  ...sumReaders,
};

function viewRequest(value: unknown): ViewRequest | typeof refused {
  return parseMessage(readers, value) ?? refused;
}
