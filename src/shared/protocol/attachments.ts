import type { ImageLimits } from '../imageFit.ts';
import type { Outdated } from '../outdated.ts';
import { flag, listOf, type MessageReaders, text } from './readers.ts';

export type AttachmentMessage =
  /** Pasted or dropped; `data` is base64. */
  | { type: 'attach'; name: string; data: string }
  | { type: 'detach'; ids: string[] }
  /** Puts what the editor shows beside the message, as it changes, and takes these out for it. */
  | { type: 'followEditor'; instead: string[] }
  /** What lies beside the message follows the editor no more. */
  | { type: 'holdEditor' }
  /** Attaches what was attached before, as it is now. */
  | { type: 'attachAgain'; id: string }
  /** Opens what is attached where it comes from; or, with `asSent`, as it was when it was attached. */
  | { type: 'openAttachment'; id: string; asSent: boolean };

export const attachmentReaders: MessageReaders<AttachmentMessage> = {
  attach: { name: text, data: text },
  detach: { ids: listOf(text) },
  followEditor: { instead: listOf(text) },
  holdEditor: {},
  attachAgain: { id: text },
  openAttachment: { id: text, asSent: flag },
};

export type AttachmentHostMessage =
  /** All that is attached in the conversation and has changed since, as far as it is looked at. */
  | { type: 'outdated'; conversationId: string; outdated: Outdated[] }
  /** What the model of the conversation sees of an image. */
  | { type: 'imageLimits'; conversationId: string; limits: ImageLimits }
  /** A file that the user has chosen, to be scaled down where it is an image, and attached. */
  | { type: 'fileToAttach'; conversationId: string; name: string; bytes: Uint8Array };

/** Give an attached image, which is to be shown. */
export interface AttachmentRequest {
  type: 'showAttachment';
  id: string;
}

export const attachmentRequestReaders: MessageReaders<AttachmentRequest> = {
  showAttachment: { id: text },
};

export interface AttachmentReplies {
  /** Its bytes; null where there are none. */
  showAttachment: Uint8Array | null;
}
