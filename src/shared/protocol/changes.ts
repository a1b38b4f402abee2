import type { Attachment } from '../attachment.ts';
import type { AnswerBlock, AnswerFigures, AnswerState, Conversation, Source, Turn, Usage } from '../conversation.ts';
import type { Finding } from '../finding.ts';
import type { ConversationNotice } from '../notice.ts';
import type { ClearanceAsk } from '../clearance.ts';
import type { ModerationState } from '../moderation.ts';
import type { Parameters } from '../parameters.ts';
import type { RanCall } from '../ranCalls.ts';
import type { RestorePoints } from '../restore.ts';
import type { ToolMode } from '../toolMode.ts';
import type { Unfinished } from '../unfinished.ts';
import type { ConnectionStatus } from './connection.ts';
import type { QueuedMessage } from './queue.ts';
import type { MessageReaders } from './readers.ts';

/** What the view needs to draw itself from nothing. */
export interface ViewState {
  /** Without its first `earlier` turns, which come in changes of their own: what is seen first is the end. */
  conversation: Conversation;
  earlier: number;
  connection: ConnectionStatus;
  /** What was typed and not sent. */
  draft: string;
  /** What goes along with the next turn, without its data. */
  attachments: Attachment[];
  queue: QueuedMessage[];
  /** Absent where nothing is half done. */
  unfinished?: Unfinished;
  /** What has to be said of the conversation; absent or null where there is nothing. */
  notice?: ConversationNotice | null;
  /** What was found in a request that waits for the user's word; absent or null where none does. */
  clearance?: ClearanceAsk | null;
  /** What the user's own check is about; absent or null where it is about nothing. */
  moderation?: ModerationState | null;
  /** Grows with every change that the host posts; a view that sees a gap asks for a new snapshot. */
  revision: number;
}

/** A change of the conversation or of what surrounds it. */
export type Change =
  /** Replaced where a turn with this id stands, else added: at the end, or after `afterTurnId` (null: before all). */
  | { type: 'turn'; turn: Turn; afterTurnId?: string | null }
  | { type: 'turnRemoved'; turnId: string }
  /** Turns that stand before all that the view has; `earlier` more are to come. */
  | { type: 'earlierTurns'; turns: Turn[]; earlier: number }
  /**
   * Another branch after this turn (null: from the first one on): these stand in place of those that were there.
   * `isFromOthers`: nobody has asked for it here, another window has added them.
   */
  | { type: 'branch'; afterTurnId: string | null; turns: Turn[]; isFromOthers?: true }
  | { type: 'siblings'; siblings: Conversation['siblings'] }
  /** A new block of an answer; `index` is the number of blocks before it. */
  | { type: 'block'; turnId: string; index: number; block: AnswerBlock }
  /** Text that goes on at `offset` (UTF-16 code units) of block `index`. */
  | { type: 'delta'; turnId: string; index: number; offset: number; text: string }
  /** The thinking in this block is over and took so long. */
  | { type: 'thought'; turnId: string; index: number; durationMs: number }
  /** The text of this block goes by one more source. */
  | { type: 'cited'; turnId: string; index: number; source: Source }
  | {
      type: 'answer';
      turnId: string;
      state: AnswerState;
      usage?: Usage;
      figures?: AnswerFigures;
      findings?: Finding[];
    }
  /** What has become of tool uses: each in the place of that of its block, or new. */
  | { type: 'calls'; turnId: string; calls: RanCall[] }
  /** A summary stands for all turns up to this one in requests; null: for none. */
  | { type: 'summarized'; throughTurnId: string | null }
  /** What was attached and is left out of requests. */
  | { type: 'omitted'; ids: readonly string[] }
  /** What of it can be brought back. */
  | { type: 'restorePoints'; points: RestorePoints }
  | { type: 'title'; title: string }
  | { type: 'parameters'; parameters: Parameters }
  | { type: 'startModel'; model: string }
  | { type: 'mode'; mode: ToolMode }
  /** What goes along with the next turn, without its data. */
  | { type: 'attachments'; attachments: Attachment[] }
  | { type: 'queue'; queue: QueuedMessage[] }
  | { type: 'unfinished'; unfinished: Unfinished }
  | { type: 'clearance'; clearance: ClearanceAsk | null }
  | { type: 'moderation'; moderation: ModerationState | null }
  | { type: 'notice'; notice: ConversationNotice | null }
  | { type: 'connection'; connection: ConnectionStatus };

/**
 * Text that goes on where the last delta has ended: with nothing but its revision, as most of what is posted is this.
 * It has no `type`, which tells it from all others.
 */
export type MoreText = [revision: number, text: string] & { type?: undefined };

export function moreText(revision: number, text: string): MoreText {
  return [revision, text] as MoreText;
}

/** Of the conversation as the host has it, in the order of the revisions. A snapshot's state names it. */
export type ChangeHostMessage =
  | { type: 'snapshot'; state: ViewState }
  | MoreText
  | { type: 'change'; conversationId: string; revision: number; change: Change };

/** The view shows what it has: send more of the turns before, as a change. */
export interface ChangeMessage {
  type: 'moreTurns';
}

export const changeReaders: MessageReaders<ChangeMessage> = { moreTurns: {} };
