/** One conversation in a list of all that are stored. */
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

/** The lists of stored conversations: each conversation stands in one of them. */
export const shelves = ['current', 'archived', 'deleted'] as const;
export type Shelf = (typeof shelves)[number];

/** Where a conversation stands in its list. */
export type ListPlace = Pick<ConversationSummary, 'id' | 'updatedAt' | 'isPinned'>;

/** The order of a list: the pinned ones first, then the latest; as `sort` takes it. */
export function byPlace(one: ListPlace, other: ListPlace): number {
  const byPin = Number(other.isPinned) - Number(one.isPinned);
  if (byPin !== 0) return byPin;
  if (one.updatedAt !== other.updatedAt) return other.updatedAt - one.updatedAt;
  return one.id < other.id ? 1 : one.id > other.id ? -1 : 0;
}
