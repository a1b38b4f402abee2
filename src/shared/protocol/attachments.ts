import type { ImageLimits } from '../imageFit.ts';
import { flag, listOf, type MessageReaders, text } from './readers.ts';

export type AttachmentMessage =
  /** Pasted or dropped; `data` is base64. */
  | { type: 'attach'; name: string; data: string }
  | { type: 'detach'; ids: string[] }
  /** Opens what is attached where it comes from; or, with `asSent`, as it was when it was attached. */
  | { type: 'openAttachment'; id: string; asSent: boolean }
  /** Give the bytes of an attached image. */
  | { type: 'showAttachment'; id: string };

export const attachmentReaders: MessageReaders<AttachmentMessage> = {
  attach: { name: text, data: text },
  detach: { ids: listOf(text) },
  openAttachment: { id: text, asSent: flag },
  showAttachment: { id: text },
};

export type AttachmentHostMessage =
  /** What the model of the conversation sees of an image. */
  | { type: 'imageLimits'; limits: ImageLimits }
  /** A file that the user has chosen, to be scaled down where it is an image, and attached. */
  | { type: 'fileToAttach'; name: string; bytes: Uint8Array }
  /** An attached image that the view wants to show. */
  | { type: 'attachmentData'; id: string; bytes: Uint8Array };
