import type { MentionItem } from '../mention.ts';
import { type MessageReaders, text } from './readers.ts';

/** Attaches what the host has offered under this id. */
export interface MentionMessage {
  type: 'attachMention';
  id: string;
}

export const mentionReaders: MessageReaders<MentionMessage> = {
  attachMention: { id: text },
};

export type MentionRequest =
  /** What stands behind an `@`. */
  | { type: 'findMentions'; query: string }
  /** Looks for the place of a pasted text in the open files. */
  | { type: 'findPasted'; text: string };

export const mentionRequestReaders: MessageReaders<MentionRequest> = {
  findMentions: { query: text },
  findPasted: { text },
};

export interface MentionReplies {
  /** Empty where there is nothing, or a later question has come. */
  findMentions: MentionItem[];
  /** One at most. */
  findPasted: MentionItem[];
}
