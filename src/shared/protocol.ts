import type { InEditor } from './inEditor.ts';
/**
 * The messages between the extension host and the view. Both directions are closed unions; what comes from the view
 * is parsed (parseViewMessage.ts) before it is believed.
 */
import type { ImageLimits } from './imageFit.ts';
import type { CodeColours } from './codeColours.ts';
import type { ParameterName, Parameters } from './parameters.ts';
import type { AttachedSize, Held, NextSize } from './nextSize.ts';
import type { KeyPlace } from './keyPlaces.ts';
import type { MentionItem } from './mention.ts';
import type { PromptPreview, PromptSummary } from './prompt.ts';
import type { ConversationNotice } from './notice.ts';
import type { PlaceInFile } from './pathMentions.ts';
import type { RulesOfFolder } from './rules.ts';
import type { RequestPreview } from './requestPreview.ts';
import type { TypedResult, Unfinished } from './unfinished.ts';
import type { UsageAmounts } from './usageReport.ts';
import type { ViewCommand } from './viewCommands.ts';
import type { ViewSettings } from './viewSettings.ts';
import type {
  AnswerBlock,
  AnswerFigures,
  AnswerState,
  Attachment,
  Conversation,
  Finding,
  ToolResult,
  Turn,
  Usage,
} from './conversation.ts';

/** Everything about the connection that the view shows. Never the key itself. */
export interface ConnectionStatus {
  /** The origin that requests go to, such as `https://api.apimart.ai`; empty where the base URL is unusable. */
  origin: string;
  model: string;
  /** Where the key comes from. */
  key: 'stored' | 'environment' | 'missing';
  /** Why the base URL is refused; absent where it is fine. */
  baseUrlProblem?: string;
  /** Where a key may be from, while there is none. */
  addresses?: { anthropic: string; relay: string };
}

/** A message that was sent while an answer was running. It goes out when that has come to its own end. */
export interface QueuedMessage {
  id: string;
  text: string;
  attachments: Attachment[];
}

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
  /** Another branch after this turn (null: from the first one on): these stand in place of those that were there. */
  | { type: 'branch'; afterTurnId: string | null; turns: Turn[] }
  | { type: 'siblings'; siblings: Conversation['siblings'] }
  /** A new block of an answer; `index` is the number of blocks before it. */
  | { type: 'block'; turnId: string; index: number; block: AnswerBlock }
  /** Text that goes on at `offset` (UTF-16 code units) of block `index`. */
  | { type: 'delta'; turnId: string; index: number; offset: number; text: string }
  /** The thinking in this block is over and took so long. */
  | { type: 'thought'; turnId: string; index: number; durationMs: number }
  | {
      type: 'answer';
      turnId: string;
      state: AnswerState;
      usage?: Usage;
      figures?: AnswerFigures;
      findings?: Finding[];
    }
  /** A summary stands for all turns up to this one in requests; null: for none. */
  | { type: 'summarized'; throughTurnId: string | null }
  /** What was attached and is left out of requests. */
  | { type: 'omitted'; ids: readonly string[] }
  | { type: 'title'; title: string }
  | { type: 'parameters'; parameters: Parameters }
  /** What goes along with the next turn, without its data. */
  | { type: 'attachments'; attachments: Attachment[] }
  | { type: 'queue'; queue: QueuedMessage[] }
  | { type: 'unfinished'; unfinished: Unfinished }
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

export type HostMessage =
  | { type: 'snapshot'; state: ViewState }
  | MoreText
  | { type: 'change'; revision: number; change: Change }
  /** The user asked for the chat by a command: put the caret into the composer. */
  | { type: 'focusComposer' }
  /** A command asked for the search in the conversation. */
  | { type: 'find' }
  /** A command asked for the parameters. */
  | { type: 'showParameters' }
  /** Before the first snapshot, and at every change. */
  | { type: 'settings'; settings: ViewSettings }
  | { type: 'requestPreview'; preview: RequestPreview }
  | { type: 'size'; size: NextSize }
  /** A request waits for the user's word; undefined: none does any more. */
  | { type: 'held'; held?: Held }
  /** A message that has not gone out: back to where it was written. */
  | { type: 'returned'; conversationId: string; text: string }
  /** A changed question that has not gone out: back to where it was changed. */
  | { type: 'editAgain'; turnId: string; text: string }
  /** What the conversation has taken until now, in all its branches. */
  | { type: 'conversationSum'; conversationId: string; sum: UsageAmounts }
  | { type: 'attachedSizes'; attached: AttachedSize[] }
  /** What the editor shows that could go along; undefined where that is nothing. Told before a snapshot, too. */
  | { type: 'inEditor'; inEditor?: InEditor }
  /** The folders that have rules for their project. */
  | { type: 'rules'; folders: RulesOfFolder[] }
  /** All prompts that a message may begin with. */
  | { type: 'prompts'; prompts: PromptSummary[] }
  /** What the draft would send; absent where it does not begin with a prompt. */
  | { type: 'promptPreview'; preview?: PromptPreview }
  /** What the message can name, or the place of a pasted text; empty where there is nothing. */
  | { type: 'mentions'; requestId: number; items: MentionItem[] }
  /** What the user has sent in all conversations, the newest first. */
  | { type: 'sentElsewhere'; texts: string[] }
  /** What the model of the conversation sees of an image. */
  | { type: 'imageLimits'; limits: ImageLimits }
  /** A file that the user has chosen, to be scaled down where it is an image, and attached. */
  | { type: 'fileToAttach'; name: string; bytes: Uint8Array }
  /** An attached image that the view wants to show. */
  | { type: 'attachmentData'; id: string; bytes: Uint8Array }
  /** Which of the paths that the view has asked for are files that can be opened. */
  | { type: 'paths'; asked: string[]; found: string[] }
  /** What colours the user's theme has for code; sent before a snapshot, and when they change. */
  | { type: 'codeColours'; colours: CodeColours };

/** How many paths one `resolvePaths` may name, and how long each may be. */
export const mostPathsAtOnce = 200;
export const longestPath = 400;

export const findingActions = ['apply', 'dismiss', 'next'] as const;
export type FindingAction = (typeof findingActions)[number];

export type ViewMessage =
  /** The view's script runs: answer with a snapshot. Also sent when a change does not fit. */
  | { type: 'ready' }
  /** The view's script, or a part that it needs, can't be loaded or run; from the page itself, instead of `ready`, or later. */
  | { type: 'scriptFailed' }
  /** The view's script runs, and found the snapshot that was posted before it did. */
  | { type: 'started' }
  /** A snapshot is seen. */
  | { type: 'drawn' }
  /** The view shows what it has: send more of the turns before. */
  | { type: 'moreTurns' }
  /** Where the user is, by its IANA name: the host may run elsewhere. */
  | { type: 'timeZone'; name: string }
  /** Asks for the key of an address: one of those that are known, or one that the user types. */
  | { type: 'setUpKey'; from: KeyPlace }
  /** Whether the keyboard is in the view. */
  | { type: 'focus'; isFocused: boolean }
  /** Waits in the queue where an answer is running. */
  | { type: 'send'; text: string }
  /** Takes it out of the queue; with `isEdited` what is attached to it comes back beside the message. */
  | { type: 'unqueue'; id: string; isEdited: boolean }
  /** Ends a running answer and sends this one before all others. */
  | { type: 'sendQueued'; id: string }
  /** Answers to the tool uses of the last answer, with nothing else said. */
  | { type: 'sendToolResults'; results: ToolResult[] }
  | { type: 'stop' }
  /** Ask again for this answer; what it held is replaced. */
  | { type: 'retry'; turnId: string }
  /** The same, of a model that the host asks the user for. */
  | { type: 'retryWithModel'; turnId: string }
  /** The same, and never again with the field that the endpoint has refused. */
  | { type: 'retryWithout'; turnId: string }
  /** The same, and never again with what was attached and has been refused. */
  | { type: 'retryWithoutRefused'; turnId: string }
  /** The same, of a model with a larger context window that the host asks the user for; later answers are its too. */
  | { type: 'retryWithLarger'; turnId: string }
  /** Ask again with the key in the other header. */
  | { type: 'retryWithOtherKeyHeader'; turnId: string }
  /** Go on with the model that takes the place of the one that was not found, and ask again. */
  | { type: 'retryWithSuccessor'; turnId: string }
  /** Get the rest of an answer that was cut. */
  | { type: 'continue'; turnId: string }
  /** Puts another text in the place of a turn's: a question is asked again, an answer stands as it is. */
  | { type: 'editTurn'; turnId: string; text: string }
  /** Shows the branch that leads through the turn. */
  | { type: 'switchTurn'; turnId: string }
  | { type: 'deleteTurn'; turnId: string }
  /** Brings back what was deleted last. */
  | { type: 'restoreTurn' }
  /** Goes on in a new conversation that holds everything up to this turn. */
  | { type: 'forkTurn'; turnId: string }
  /** Shows how two turns that stand in one place differ. */
  | { type: 'compareTurns'; turnId: string; otherId: string }
  /** Pasted or dropped; `data` is base64. */
  | { type: 'attach'; name: string; data: string }
  | { type: 'detach'; ids: string[] }
  /** What stands behind an `@`; answered with `mentions` unless a later one has come. */
  | { type: 'findMentions'; requestId: number; query: string }
  /** Looks for the place of a pasted text in the open files; answered with `mentions`, of which there is at most one. */
  | { type: 'findPasted'; requestId: number; text: string }
  /** Attaches what the host has offered under this id. */
  | { type: 'attachMention'; id: string }
  /** Opens what is attached where it comes from; or, with `asSent`, as it was when it was attached. */
  | { type: 'openAttachment'; id: string; asSent: boolean }
  /** Give the bytes of an attached image. */
  | { type: 'showAttachment'; id: string }
  /** An undefined `value` leaves it to the settings. */
  | { type: 'setParameter'; name: ParameterName; value?: unknown }
  /** The text is no value of the parameter yet. */
  | { type: 'typeParameter'; name: ParameterName; text: string }
  /** What is written so far for the tools that this answer waits for. */
  | { type: 'typeToolResults'; conversationId: string; turnId: string; results: TypedResult[] }
  /** Send a field again that was left out since the endpoint has refused it. */
  | { type: 'sendRefusedAgain'; field: string }
  /** Whether the request that would go out is to be shown, and kept up to date. */
  | { type: 'watchRequest'; isOn: boolean }
  /** Have the endpoint count its tokens. */
  | { type: 'countRequest' }
  /** Tell what the conversation has taken until now. */
  | { type: 'sumConversation' }
  /** Let the request go that waits for this. */
  | { type: 'confirmSend' }
  | { type: 'cancelSend' }
  /** Have the model sum up the older turns; with `inNewConversation` all of them, and go on there. */
  | { type: 'summarize'; inNewConversation: boolean }
  | { type: 'retrySummary'; turnId: string }
  | { type: 'editSummary'; turnId: string; text: string }
  | { type: 'undoSummary'; turnId: string }
  /** What is attached to turns, with its size. */
  | { type: 'listAttached' }
  /** Leave it out of requests, or take it in again. */
  | { type: 'omit'; id: string; isOmitted: boolean }
  /** Of a review: put its suggestion into the file, close it, or go to the one after it. */
  | { type: 'finding'; turnId: string; findingId: string; action: FindingAction }
  /** Whether requests begin with the turn, without what was said before. */
  | { type: 'setStart'; turnId: string; startsOver: boolean }
  /** Begin anew with what was not answered, and with the summary where one is named. */
  | { type: 'goOnInNew'; summaryTurnId?: string }
  /** End the wait between two attempts. */
  | { type: 'retryNow' }
  | { type: 'newConversation' }
  | { type: 'draft'; conversationId: string; text: string }
  /** Tell what was sent in other conversations. */
  | { type: 'recall' }
  | { type: 'copy'; text: string }
  /** Do something with a block of code; `language` as the answer named it, perhaps empty. */
  | { type: 'useCode'; action: 'insert' | 'newFile' | 'terminal'; text: string; language: string }
  /** Show what a block of code would change in a file; the fence's line and the line above it may name the file. */
  | { type: 'applyCode'; text: string; info: string; lineBefore: string }
  | { type: 'openLink'; href: string }
  /** Paths that an answer names: which of them are there? */
  | { type: 'resolvePaths'; paths: string[] }
  /** Open a path that an answer names. The host looks for it again. */
  | { type: 'openPath'; path: string; place?: PlaceInFile }
  /** `line` is 1-based. `uri` was given to the view by the host; the host opens only what the conversation names. */
  | { type: 'openLocation'; uri: string; line: number }
  | { type: 'command'; command: ViewCommand };
