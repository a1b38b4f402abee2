import {
  type ConversationHit,
  type ConversationSummary,
  type ListPlace,
  type Shelf,
  shelves,
} from '../storedConversations.ts';
import { flag, integer, type MessageReaders, oneOf, optional, refused, text } from './readers.ts';

export type HistoryMessage =
  /** Whether the history is shown, and has to be told what becomes of conversations. */
  | { type: 'watchHistory'; isOn: boolean }
  /** Look for what the query says, and for nothing else any more; an empty one ends the search. */
  | { type: 'searchHistory'; searchId: number; query: string }
  /** Show a conversation, here or where it is shown already, at a turn of it. */
  | { type: 'openConversation'; id: string; turnId?: string }
  | { type: 'openConversationInTab'; id: string; turnId?: string };

export const historyReaders: MessageReaders<HistoryMessage> = {
  watchHistory: { isOn: flag },
  searchHistory: { searchId: integer, query: text },
  openConversation: { id: text, turnId: optional(text) },
  openConversationInTab: { id: text, turnId: optional(text) },
};

export type HistoryHostMessage =
  /** A command asked for the history. */
  | { type: 'showHistory' }
  /** What is found so far, the latest first; `isDone` with the last of it. */
  | { type: 'foundInHistory'; searchId: number; found: FoundConversation[]; isDone: boolean }
  /**
   * The ids of the conversations that are being answered, here and in other windows, and of those that are shown somewhere;
   * told at each change.
   */
  | { type: 'conversationStates'; answering: string[]; elsewhere: string[]; open: string[] };

/** With what is found in its title and in its snippet, as `marksIn` gives it. */
export interface FoundConversation extends ConversationHit {
  titleMarks: number[];
  snippetMarks: number[];
}

export type HistoryRequest =
  /** A page of a list: its beginning, or what comes behind a place of it. */
  | { type: 'listConversations'; shelf: Shelf; after?: ListPlace }
  | { type: 'renameConversation'; id: string; title: string }
  | { type: 'pinConversation'; id: string; isPinned: boolean }
  | { type: 'archiveConversation'; id: string; isArchived: boolean }
  /** Puts it among the deleted ones, and ends its answer. */
  | { type: 'deleteConversation'; id: string }
  | { type: 'restoreConversation'; id: string }
  /** Takes it out for good. */
  | { type: 'eraseConversation'; id: string };

export const historyRequestReaders: MessageReaders<HistoryRequest> = {
  listConversations: { shelf: oneOf(shelves), after: listPlace },
  renameConversation: { id: text, title: text },
  pinConversation: { id: text, isPinned: flag },
  archiveConversation: { id: text, isArchived: flag },
  deleteConversation: { id: text },
  restoreConversation: { id: text },
  eraseConversation: { id: text },
};

export interface HistoryReplies {
  listConversations: { conversations: ConversationSummary[]; isLast: boolean };
  renameConversation: null;
  pinConversation: null;
  archiveConversation: null;
  deleteConversation: null;
  restoreConversation: null;
  eraseConversation: null;
}

function listPlace(value: unknown): ListPlace | undefined | typeof refused {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return refused;
  const { id, updatedAt, isPinned } = value as Partial<Record<keyof ListPlace, unknown>>;
  const isPlace = typeof id === 'string' && typeof updatedAt === 'number' && typeof isPinned === 'boolean';
  return isPlace ? { id, updatedAt, isPinned } : refused;
}
