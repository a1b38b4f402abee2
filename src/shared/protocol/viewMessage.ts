import { type AnswerMessage, answerReaders } from './answers.ts';
import { type AttachmentMessage, attachmentReaders } from './attachments.ts';
import { type ChangeMessage, changeReaders } from './changes.ts';
import { type ClearanceMessage, clearanceReaders } from './clearance.ts';
import { type ModerationMessage, moderationReaders } from './moderation.ts';
import { type CodeMessage, codeReaders } from './code.ts';
import { type ComposerMessage, composerReaders } from './composer.ts';
import { type ConnectionMessage, connectionReaders } from './connection.ts';
import { type FindingMessage, findingReaders } from './findings.ts';
import { type HistoryMessage, historyReaders } from './history.ts';
import { type MentionMessage, mentionReaders } from './mentions.ts';
import { type NextRequestMessage, nextRequestReaders } from './nextRequest.ts';
import { type PageMessage, pageReaders, type StartMessage } from './page.ts';
import { type ParameterMessage, parameterReaders } from './parameters.ts';
import { type PathMessage, pathReaders } from './paths.ts';
import { type QueueMessage, queueReaders } from './queue.ts';
import { type MessageReaders, parseMessage } from './readers.ts';
import { type RequestMessage, requestReaders } from './requests.ts';
import { type RestoreMessage, restoreReaders } from './restore.ts';
import { type RoomMessage, roomReaders } from './room.ts';
import { type ToolMessage, toolReaders } from './tools.ts';
import { type TurnMessage, turnReaders } from './turns.ts';

/** A message from the view to the extension host: each feature has its own, with their readers. */
export type ViewMessage =
  | AnswerMessage
  | AttachmentMessage
  | ChangeMessage
  | ClearanceMessage
  | ModerationMessage
  | CodeMessage
  | ComposerMessage
  | ConnectionMessage
  | FindingMessage
  | HistoryMessage
  | MentionMessage
  | NextRequestMessage
  | PageMessage
  | ParameterMessage
  | PathMessage
  | QueueMessage
  | RequestMessage
  | RestoreMessage
  | RoomMessage
  | StartMessage
  | ToolMessage
  | TurnMessage;

const readers: MessageReaders<ViewMessage> = {
  ...answerReaders,
  ...attachmentReaders,
  ...changeReaders,
  ...clearanceReaders,
  ...moderationReaders,
  ...codeReaders,
  ...composerReaders,
  ...connectionReaders,
  ...findingReaders,
  ...historyReaders,
  ...mentionReaders,
  ...nextRequestReaders,
  ...pageReaders,
  ...parameterReaders,
  ...pathReaders,
  ...queueReaders,
  ...requestReaders,
  ...restoreReaders,
  ...roomReaders,
  ...toolReaders,
  ...turnReaders,
};

/** What the view posts: a message, and beside its fields the conversation that it shows; none before the first one. */
export type NamedMessage = ViewMessage & { conversationId?: string };

/** A message that has come, and the conversation that the view has shown when it was meant. */
export interface FromView<Message = ViewMessage> {
  message: Message;
  conversationId: string | undefined;
}

/** What the view posts, or undefined where it is no message. */
export function parseFromView(value: unknown): FromView | undefined {
  const message = parseMessage(readers, value);
  if (!message) return undefined;
  const { conversationId } = value as Partial<Record<keyof NamedMessage, unknown>>;
  return { message, conversationId: typeof conversationId === 'string' ? conversationId : undefined };
}
