import { type AnswerMessage, answerReaders } from './answers.ts';
import { type AttachmentMessage, attachmentReaders } from './attachments.ts';
import { type ChangeMessage, changeReaders } from './changes.ts';
import { type CodeMessage, codeReaders } from './code.ts';
import { type ComposerMessage, composerReaders } from './composer.ts';
import { type ConnectionMessage, connectionReaders } from './connection.ts';
import { type FindingMessage, findingReaders } from './findings.ts';
import { type MentionMessage, mentionReaders } from './mentions.ts';
import { type NextRequestMessage, nextRequestReaders } from './nextRequest.ts';
import { type PageMessage, pageReaders, type StartMessage } from './page.ts';
import { type ParameterMessage, parameterReaders } from './parameters.ts';
import { type PathMessage, pathReaders } from './paths.ts';
import { type QueueMessage, queueReaders } from './queue.ts';
import { type MessageReaders, parseMessage } from './readers.ts';
import { type RequestMessage, requestReaders } from './requests.ts';
import { type RoomMessage, roomReaders } from './room.ts';
import { type ToolMessage, toolReaders } from './tools.ts';
import { type TurnMessage, turnReaders } from './turns.ts';

/** A message from the view to the extension host: each feature has its own, with their readers. */
export type ViewMessage =
  | AnswerMessage
  | AttachmentMessage
  | ChangeMessage
  | CodeMessage
  | ComposerMessage
  | ConnectionMessage
  | FindingMessage
  | MentionMessage
  | NextRequestMessage
  | PageMessage
  | ParameterMessage
  | PathMessage
  | QueueMessage
  | RequestMessage
  | RoomMessage
  | StartMessage
  | ToolMessage
  | TurnMessage;

const readers: MessageReaders<ViewMessage> = {
  ...answerReaders,
  ...attachmentReaders,
  ...changeReaders,
  ...codeReaders,
  ...composerReaders,
  ...connectionReaders,
  ...findingReaders,
  ...mentionReaders,
  ...nextRequestReaders,
  ...pageReaders,
  ...parameterReaders,
  ...pathReaders,
  ...queueReaders,
  ...requestReaders,
  ...roomReaders,
  ...toolReaders,
  ...turnReaders,
};

/** A message from the view, or undefined where it is none. */
export function parseViewMessage(value: unknown): ViewMessage | undefined {
  return parseMessage(readers, value);
}
