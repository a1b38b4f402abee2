import type { Attachment, UserTurn } from '../../shared/conversation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { Unfinished } from '../../shared/unfinished.ts';
import type { ConversationHistory } from '../history/history.ts';
import type { Condensed } from './condense.ts';
import type { AnswerRecord, TurnRecord } from './turns.ts';
import type { TurnNode } from './turnTree.ts';

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
  /** Absent where nothing is half done. */
  unfinished?: Unfinished;
  /** The current branch, oldest first. */
  turns: TurnRecord[];
  /** Where all turns stand, those of other branches and deleted ones too, in the order of their making. */
  tree: TurnNode[];
  /** Absent where requests send the turns as they are. */
  condensed?: Condensed;
  /** Not all of it could be read; what could is here. */
  isDamaged?: true;
}

/** What one answer took, as far as it was kept. */
export type AnswerTaken = Pick<AnswerRecord, 'model' | 'usage' | 'figures'>;

/** One that nothing has been said in. */
export function emptyConversation(id: string): StoredConversation {
  return { id, title: '', draft: '', parameters: {}, attachments: [], queue: [], turns: [], tree: [] };
}

/**
 * Keeps conversations. Every call is durable when it returns. A conversation comes into being with its first turn or
 * its first draft.
 */
export interface ConversationStore {
  readonly history: ConversationHistory;
  /** Whether what is stored lasts as long as the process. */
  readonly isInMemory: boolean;
  /** What the user has typed and sent in all conversations but this one, the newest first. */
  sentTexts(exceptConversationId: string, limit: number): string[];
  load(id: string): StoredConversation | undefined;
  /** Adds the turn after `parentId` (null: the first one) or replaces it where it is there already. */
  saveTurn(conversationId: string, turn: TurnRecord, parentId: string | null): void;
  removeTurn(conversationId: string, turnId: string): void;
  /** Where all its turns stand now, in the order of their making. */
  loadTree(conversationId: string): TurnNode[];
  /** All turns of the conversation, those of other branches and deleted ones too, in the order of their making. */
  loadTurns(conversationId: string): TurnRecord[];
  /** What all answers of the conversation took, those of other branches, deleted ones and summaries too. */
  loadTaken(conversationId: string): AnswerTaken[];
  /** The branch that ends with this turn, without the deleted turns, oldest first. */
  loadBranch(headId: string): TurnRecord[];
  /** Makes the branch that ends with this turn the current one. */
  setHead(conversationId: string, headId: string): void;
  /** A deleted turn is on no branch any more; those after it stay on theirs. */
  markDeleted(turnIds: readonly string[], isDeleted: boolean): void;
  saveTitle(conversationId: string, title: string): void;
  saveDraft(conversationId: string, draft: string): void;
  saveQueue(conversationId: string, queue: readonly UserTurn[]): void;
  saveAttachments(conversationId: string, attachments: Attachment[]): void;
  saveParameters(conversationId: string, parameters: Parameters): void;
  saveUnfinished(conversationId: string, unfinished: Unfinished): void;
  saveCondensed(conversationId: string, condensed: Condensed): void;
  close(): void;
}
