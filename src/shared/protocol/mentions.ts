import type { MentionItem } from '../mention.ts';
import { integer, type MessageReaders, text } from './readers.ts';

export type MentionMessage =
  /** What stands behind an `@`; answered with `mentions` unless a later one has come. */
  | { type: 'findMentions'; requestId: number; query: string }
  /** Looks for the place of a pasted text in the open files; answered with `mentions`, of which there is at most one. */
  | { type: 'findPasted'; requestId: number; text: string }
  /** Attaches what the host has offered under this id. */
  | { type: 'attachMention'; id: string };

export const mentionReaders: MessageReaders<MentionMessage> = {
  findMentions: { requestId: integer, query: text },
  findPasted: { requestId: integer, text },
  attachMention: { id: text },
};

/** What the message can name, or the place of a pasted text; empty where there is nothing. */
export interface MentionHostMessage {
  type: 'mentions';
  requestId: number;
  items: MentionItem[];
}
