export interface ConversationSummary {
  id: string;
  title: string;
  /** Milliseconds since the epoch. */
  updatedAt: number;
  isPinned: boolean;
  isArchived: boolean;
}

/** A conversation in which something was found. */
export interface ConversationHit extends ConversationSummary {
  /** The text around it, in one line; absent where the title alone holds it. */
  snippet?: string;
  /** The turn that holds it. */
  turnId?: string;
}

export interface ConversationFlags {
  isPinned?: boolean;
  isArchived?: boolean;
  /** A deleted one is in no list; it is gone for good an hour later, or when the window closes. */
  isDeleted?: boolean;
}

/** All stored conversations. */
export interface ConversationHistory {
  /** The pinned ones first, then the latest. */
  list(options: { archived: boolean; limit: number }): Promise<ConversationSummary[]>;
  /**
   * Those whose title, or one turn of which, holds every word of the query, archived ones too; the latest first. A
   * search goes on for some milliseconds at a time: each step gives what is found so far, the last one all.
   */
  search(query: string, limit: number): AsyncIterable<ConversationHit[]>;
  /** Whether it is stored and not deleted. */
  has(id: string): Promise<boolean>;
  rename(id: string, title: string): Promise<void>;
  mark(id: string, flags: ConversationFlags): Promise<void>;
  /** Puts turns into the index that were stored without it, for a few milliseconds. False once none is left. */
  catchUp(): Promise<boolean>;
}
