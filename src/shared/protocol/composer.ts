import type { InEditor } from '../inEditor.ts';
import { type MessageReaders, text } from './readers.ts';

export type ComposerMessage =
  /** Waits in the queue where an answer is running. */
  | { type: 'send'; text: string }
  | { type: 'draft'; conversationId: string; text: string }
  /** Tell what was sent in other conversations. */
  | { type: 'recall' };

export const composerReaders: MessageReaders<ComposerMessage> = {
  send: { text },
  draft: { conversationId: text, text },
  recall: {},
};

export type ComposerHostMessage =
  /** A message that has not gone out: back to where it was written. */
  | { type: 'returned'; conversationId: string; text: string }
  /** What the editor shows that could go along; undefined where that is nothing. Told before a snapshot, too. */
  | { type: 'inEditor'; inEditor?: InEditor }
  /** What the user has sent in all conversations, the newest first. */
  | { type: 'sentElsewhere'; texts: string[] };
