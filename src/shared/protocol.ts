/**
 * The messages between the extension host and the view. Both directions are closed unions; what comes from the view
 * is parsed (parseViewMessage.ts) before it is believed.
 */
import type { ParameterName, Parameters } from './parameters.ts';
import type { RequestPreview } from './requestPreview.ts';
import type {
  AnswerBlock,
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
}

/** A message that was sent while an answer was running. It goes out when that has come to its own end. */
export interface QueuedMessage {
  id: string;
  text: string;
  attachments: Attachment[];
}

/** What the view needs to draw itself from nothing. */
export interface ViewState {
  conversation: Conversation;
  connection: ConnectionStatus;
  /** What was typed and not sent. */
  draft: string;
  /** What goes along with the next turn, without its data. */
  attachments: Attachment[];
  queue: QueuedMessage[];
  /** Grows with every change that the host posts; a view that sees a gap asks for a new snapshot. */
  revision: number;
}

/** A change of the conversation or of what surrounds it. */
export type Change =
  /** Added at the end, or replaced where a turn with this id stands. */
  | { type: 'turn'; turn: Turn }
  | { type: 'turnRemoved'; turnId: string }
  /** A new block of an answer; `index` is the number of blocks before it. */
  | { type: 'block'; turnId: string; index: number; block: AnswerBlock }
  /** Text that goes on at `offset` (UTF-16 code units) of block `index`. */
  | { type: 'delta'; turnId: string; index: number; offset: number; text: string }
  | { type: 'answer'; turnId: string; state: AnswerState; usage?: Usage; findings?: Finding[] }
  | { type: 'title'; title: string }
  | { type: 'parameters'; parameters: Parameters }
  /** What goes along with the next turn, without its data. */
  | { type: 'attachments'; attachments: Attachment[] }
  | { type: 'queue'; queue: QueuedMessage[] }
  | { type: 'connection'; connection: ConnectionStatus };

export type HostMessage =
  | { type: 'snapshot'; state: ViewState }
  | { type: 'change'; revision: number; change: Change }
  /** The user asked for the chat by a command: put the caret into the composer. */
  | { type: 'focusComposer' }
  /** A command asked for the parameters. */
  | { type: 'showParameters' }
  | { type: 'requestPreview'; preview: RequestPreview };

/** Commands that a button in the view may run. */
export const viewCommands = [
  'marginalia.setApiKey',
  'marginalia.reviewChanges',
  'marginalia.reviewFile',
  'marginalia.explainSelection',
  'marginalia.openSettings',
  'marginalia.chooseModel',
  'marginalia.showLog',
  'marginalia.showRequests',
  'marginalia.attach',
  'marginalia.savePreset',
  'marginalia.applyPreset',
  'marginalia.copyRequest',
  'marginalia.useEditorNetwork',
  'marginalia.useOwnNetwork',
] as const;
export type ViewCommand = (typeof viewCommands)[number];

export type ViewMessage =
  /** The view's script runs: answer with a snapshot. Also sent when a change does not fit. */
  | { type: 'ready' }
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
  /** The same, and never again with the field that the endpoint has refused. */
  | { type: 'retryWithout'; turnId: string }
  /** Get the rest of an answer that was cut. */
  | { type: 'continue'; turnId: string }
  /** Pasted or dropped; `data` is base64. */
  | { type: 'attach'; name: string; data: string }
  | { type: 'detach'; id: string }
  /** An undefined `value` leaves it to the settings. */
  | { type: 'setParameter'; name: ParameterName; value?: unknown }
  /** Whether the request that would go out is to be shown, and kept up to date. */
  | { type: 'watchRequest'; isOn: boolean }
  /** Have the endpoint count its tokens. */
  | { type: 'countRequest' }
  /** End the wait between two attempts. */
  | { type: 'retryNow' }
  | { type: 'newConversation' }
  | { type: 'draft'; conversationId: string; text: string }
  | { type: 'copy'; text: string }
  /** Do something with a block of code; `language` as the answer named it, perhaps empty. */
  | { type: 'useCode'; action: 'insert' | 'newFile' | 'terminal'; text: string; language: string }
  | { type: 'openLink'; href: string }
  /** `line` is 1-based. `uri` was given to the view by the host; the host opens only what the conversation names. */
  | { type: 'openLocation'; uri: string; line: number }
  | { type: 'command'; command: ViewCommand };
