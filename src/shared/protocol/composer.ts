import type { InEditor } from '../inEditor.ts';
import type { RulesOfFolder } from '../rules.ts';
import { type MessageReaders, optional, refused, text } from './readers.ts';

export type ComposerMessage =
  /** Waits in the queue where an answer is running. `steers`: there it goes with the next results of tools. */
  { type: 'send'; text: string; steers?: true } | { type: 'draft'; conversationId: string; text: string };

export const composerReaders: MessageReaders<ComposerMessage> = {
  send: { text, steers: optional(value => (value === true ? value : refused)) },
  draft: { conversationId: text, text },
};

export type ComposerHostMessage =
  /** A message that has not gone out: back to where it was written, or, with `instead`, in the place of exactly that. */
  | { type: 'returned'; conversationId: string; text: string; instead?: string }
  /** What the editor shows that could go along; undefined where that is nothing. Told before a snapshot, too. */
  | { type: 'inEditor'; inEditor?: InEditor }
  /** The folders that have rules for their project. */
  | { type: 'rules'; folders: RulesOfFolder[] };

/** Tell what was sent in other conversations, and on other branches of this one. */
export interface RecallRequest {
  type: 'recall';
}

export const recallReaders: MessageReaders<RecallRequest> = { recall: {} };

export interface RecallReplies {
  /** The newest first. */
  recall: string[];
}
