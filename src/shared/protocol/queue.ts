import type { Attachment } from '../attachment.ts';
import { flag, type MessageReaders, text } from './readers.ts';

/** A message that was sent while an answer was running. It goes out when that and all that follows it has come to its own end. */
export interface QueuedMessage {
  id: string;
  text: string;
  attachments: Attachment[];
  /** It goes with the next results of tools, where there are any before that end. */
  steers?: true;
}

export type QueueMessage =
  /** Takes it out of the queue; with `isEdited` what is attached to it comes back beside the message. */
  | { type: 'unqueue'; id: string; isEdited: boolean }
  /** Whether it goes with the next results of tools. */
  | { type: 'steer'; id: string; isSteering: boolean }
  /** Ends a running answer and sends this one before all others. */
  | { type: 'sendQueued'; id: string };

export const queueReaders: MessageReaders<QueueMessage> = {
  unqueue: { id: text, isEdited: flag },
  steer: { id: text, isSteering: flag },
  sendQueued: { id: text },
};
