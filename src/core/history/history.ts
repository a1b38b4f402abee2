import type { ConversationHit, ConversationSummary, ListPlace, Shelf } from '../../shared/storedConversations.ts';

export interface ListOptions {
  shelf: Shelf;
  limit: number;
  /** Only what comes behind this place. */
  after?: ListPlace;
}

export interface ConversationFlags {
  isPinned?: boolean;
  isArchived?: boolean;
  /** A deleted one is in no other list than that of the deleted ones. It is gone for good an hour later. */
  isDeleted?: boolean;
}

/** An answer of a conversation that is being written, or was cut. */
export interface ConversationRun {
  /** The conversation's. */
  id: string;
  /** What writes it, and when it last said so, in milliseconds since the epoch. */
  window: string;
  at: number;
}

/** All stored conversations. */
export interface ConversationHistory {
  /** In the order of `byPlace`. */
  list(options: ListOptions): Promise<ConversationSummary[]>;
  /**
   * Those whose title, or one turn of which, holds every word of the query, archived ones too; the latest first. A
   * search goes on for some milliseconds at a time: each step gives what is found so far, the last one all.
   */
  search(query: string, limit: number): AsyncIterable<ConversationHit[]>;
  /** Answers that were being written when last saved, of conversations that have changed since then (ms since the epoch). */
  signs(since: number): Promise<ConversationRun[]>;
  /** Whether it is stored and not deleted. */
  has(id: string): Promise<boolean>;
  rename(id: string, title: string): Promise<void>;
  mark(id: string, flags: ConversationFlags): Promise<void>;
  /** Takes it out for good: nothing of it can be read in the file any more. */
  remove(id: string): Promise<void>;
  /** Puts turns into the index that were stored without it, for a few milliseconds. False once none is left. */
  catchUp(): Promise<boolean>;
}
