import type { AttachmentHostMessage } from './attachments.ts';
import type { ChangeHostMessage } from './changes.ts';
import type { ComposerHostMessage } from './composer.ts';
import type { HistoryHostMessage } from './history.ts';
import type { NextRequestHostMessage } from './nextRequest.ts';
import type { PageHostMessage } from './page.ts';
import type { ParameterHostMessage } from './parameters.ts';
import type { PromptHostMessage } from './prompts.ts';
import type { ReplyMessage } from './requests.ts';
import type { RestoreHostMessage } from './restore.ts';
import type { TurnHostMessage } from './turns.ts';

/** A message from the extension host to the view: each feature has its own. They are believed: see hostMessages.ts. */
export type HostMessage =
  | AttachmentHostMessage
  | ChangeHostMessage
  | ComposerHostMessage
  | HistoryHostMessage
  | NextRequestHostMessage
  | PageHostMessage
  | ParameterHostMessage
  | PromptHostMessage
  | ReplyMessage
  | RestoreHostMessage
  | TurnHostMessage;

/** What is about a conversation names it: another one may be shown by the time it comes. */
export type ConversationMessage = Extract<HostMessage, { conversationId: string }>;
