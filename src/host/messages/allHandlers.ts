import type { DoneMessage, MessageTakerPorts } from '../../core/chat/messageTaker.ts';
import type { Replies, ViewRequest } from '../../shared/protocol/requests.ts';
import type { ChatController } from '../chatController.ts';
import { answerHandlers } from './answers.ts';
import { attachmentHandlers, attachmentRequestHandlers } from './attachments.ts';
import { clearanceHandlers } from './clearance.ts';
import { moderationHandlers } from './moderation.ts';
import { codeHandlers } from './code.ts';
import { composerHandlers, recallHandlers } from './composer.ts';
import { findingHandlers } from './findings.ts';
import type { AnswerPorts, Handler, Handlers, RequestHandlers } from './handlers.ts';
import { historyHandlers, historyRequestHandlers } from './history.ts';
import { mentionHandlers, mentionRequestHandlers } from './mentions.ts';
import { nextRequestHandlers, sumHandlers } from './nextRequest.ts';
import { pageHandlers } from './page.ts';
import { parameterHandlers } from './parameters.ts';
import { pathHandlers, pathRequestHandlers } from './paths.ts';
import { queueHandlers } from './queue.ts';
import { restoreHandlers, restoreRequestHandlers } from './restore.ts';
import { roomHandlers, roomRequestHandlers } from './room.ts';
import { toolHandlers } from './tools.ts';
import { turnHandlers } from './turns.ts';

const handlers: Handlers<DoneMessage> = {
  ...answerHandlers,
  ...attachmentHandlers,
  ...clearanceHandlers,
  ...moderationHandlers,
  ...codeHandlers,
  ...composerHandlers,
  ...findingHandlers,
  ...historyHandlers,
  ...mentionHandlers,
  ...nextRequestHandlers,
  ...pageHandlers,
  ...parameterHandlers,
  ...pathHandlers,
  ...queueHandlers,
  ...restoreHandlers,
  ...roomHandlers,
  ...toolHandlers,
  ...turnHandlers,
};

const requestHandlers: RequestHandlers<ViewRequest, Replies> = {
  ...attachmentRequestHandlers,
  ...historyRequestHandlers,
  ...mentionRequestHandlers,
  ...pathRequestHandlers,
  ...recallHandlers,
  ...restoreRequestHandlers,
  ...roomRequestHandlers,
  ...sumHandlers,
};

const all = { ...handlers, ...requestHandlers };

/** Says of messages and requests what they are about, and does what they ask for. */
export function handleWith(chat: ChatController, ports: AnswerPorts): MessageTakerPorts['handle'] {
  return message => {
    // The handler of a type takes no other.
    const { scope, take } = all[message.type] as Handler<typeof message>;
    return { scope, take: conversationId => take(chat, message, ports, conversationId) };
  };
}
