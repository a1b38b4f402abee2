import type { Attachment } from '../../shared/attachment.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import type { Parameters } from '../../shared/parameters.ts';
import type { ToolMode } from '../../shared/toolMode.ts';
import type { Unfinished } from '../../shared/unfinished.ts';
import type { Decisions, KeptDecisions } from '../filter/decisions.ts';
import type { ConversationHistory } from '../history/history.ts';
import type { StartSettings } from './startSettings.ts';
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
  queue: readonly UserTurn[];
  /** Absent where nothing is half done. */
  unfinished?: Unfinished;
  /** The current branch, oldest first. */
  turns: TurnRecord[];
  /** Where all turns stand, those of other branches and deleted ones too, in the order of their making. */
  tree: TurnNode[];
  /** Absent where requests send the turns as they are. */
  condensed?: Condensed;
  /** What tools may do; absent: `chat`. */
  mode?: ToolMode;
  /** Absent until something was answered: then the settings of now count. */
  start?: StartSettings;
  /** Not all of it could be read; what could is here. */
  isDamaged?: true;
}

/** What of a conversation is set as a whole. */
export type ConversationParts = Partial<
  Pick<
    StoredConversation,
    'title' | 'draft' | 'parameters' | 'attachments' | 'queue' | 'unfinished' | 'condensed' | 'mode' | 'start'
  >
>;

/** A change of what is stored. A conversation comes into being with its first one. */
export type StoreChange =
  /** Adds a turn after `parentId` (null: a first one). One that is there already stays as it is. */
  | { type: 'append'; conversationId: string; turn: TurnRecord; parentId: string | null }
  /** Replaces what a turn holds, which has to be there. */
  | { type: 'update'; conversationId: string; turn: TurnRecord }
  /** Makes the branch that ends with this turn the current one; null: that which is before all turns. */
  | { type: 'moveHead'; conversationId: string; headId: string | null }
  /** Takes a turn and all that follow it out for good. A head that was there goes to the turn before. */
  | { type: 'remove'; conversationId: string; turnId: string }
  /** A deleted turn is on no branch any more; those after it stay on theirs. */
  | { type: 'markDeleted'; turnIds: readonly string[]; isDeleted: boolean }
  | { type: 'set'; conversationId: string; parts: ConversationParts }
  /** Keeps what was decided about secrets beside what was decided before; undefined: all of that is taken back. */
  | { type: 'decide'; conversationId: string; decisions: Decisions | undefined };

/** A turn that is added to the end of the current branch, as changes. */
export function appended(conversationId: string, turn: TurnRecord, parentId: string | null): StoreChange[] {
  return [
    { type: 'append', conversationId, turn, parentId },
    { type: 'moveHead', conversationId, headId: turn.id },
  ];
}

/** What one answer took, as far as it was kept. */
export type AnswerTaken = Pick<AnswerRecord, 'model' | 'usage' | 'figures'>;

/** One that nothing has been said in. */
export function emptyConversation(id: string): StoredConversation {
  return { id, title: '', draft: '', parameters: {}, attachments: [], queue: [], turns: [], tree: [] };
}

/** Something of it is there, and can't be read. */
export function damagedAndEmpty(id: string): StoredConversation {
  return { ...emptyConversation(id), isDamaged: true };
}

/**
 * Keeps conversations. What is written is on the disk when its promise says so; calls are done one after the other, in the
 * order in which they were made.
 */
export interface ConversationStore {
  readonly history: ConversationHistory;
  /** Whether what is stored lasts as long as the process; known once something was read. */
  readonly isInMemory: boolean;
  /** What the user has typed and sent in all conversations and on all their branches, the newest first. */
  sentTexts(limit: number): Promise<string[]>;
  load(id: string): Promise<StoredConversation | undefined>;
  /** Makes these changes, in their order: all of them or none. */
  write(changes: readonly StoreChange[]): Promise<void>;
  /** Where all its turns stand now, in the order of their making. */
  loadTree(conversationId: string): Promise<TurnNode[]>;
  /** All turns of the conversation, those of other branches and deleted ones too, in the order of their making. */
  loadTurns(conversationId: string): Promise<TurnRecord[]>;
  /** What all answers of the conversation took, those of other branches, deleted ones and summaries too. */
  loadTaken(conversationId: string): Promise<AnswerTaken[]>;
  /** A turn of any branch; undefined where there is none that can be read. */
  loadTurn(id: string): Promise<TurnRecord | undefined>;
  /** What was decided in the conversation about secrets, in whatever window. */
  loadDecisions(conversationId: string): Promise<KeptDecisions>;
  /** The branch that ends with this turn, without the deleted turns, oldest first. */
  loadBranch(headId: string): Promise<TurnRecord[]>;
  close(): Promise<void>;
}
