import type { Attachment, UserTurn } from '../../shared/conversation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { TurnRecord } from './turns.ts';

export interface ConversationSummary {
  id: string;
  title: string;
  /** Milliseconds since the epoch. */
  updatedAt: number;
  turnCount: number;
}

export interface StoredConversation {
  id: string;
  title: string;
  /** What was typed and not sent. */
  draft: string;
  parameters: Parameters;
  /** What goes along with the next turn. */
  attachments: Attachment[];
  /** What waits for the end of a running answer, in its order. */
  queue: UserTurn[];
  /** The current branch, oldest first. */
  turns: TurnRecord[];
}

/** One that nothing has been said in. */
export function emptyConversation(id: string): StoredConversation {
  return { id, title: '', draft: '', parameters: {}, attachments: [], queue: [], turns: [] };
}

/**
 * Keeps conversations. Every call is durable when it returns. A conversation comes into being with its first turn or
 * its first draft.
 */
export interface ConversationStore {
  /** The latest first. */
  list(limit: number): ConversationSummary[];
  load(id: string): StoredConversation | undefined;
  /** Adds the turn after `parentId` (null: the first one) or replaces it where it is there already. */
  saveTurn(conversationId: string, turn: TurnRecord, parentId: string | null): void;
  removeTurn(conversationId: string, turnId: string): void;
  saveTitle(conversationId: string, title: string): void;
  saveDraft(conversationId: string, draft: string): void;
  saveQueue(conversationId: string, queue: readonly UserTurn[]): void;
  saveAttachments(conversationId: string, attachments: Attachment[]): void;
  saveParameters(conversationId: string, parameters: Parameters): void;
  close(): void;
}
