import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import { answerHandlers } from './answers.ts';
import { attachmentHandlers } from './attachments.ts';
import { codeHandlers } from './code.ts';
import { composerHandlers } from './composer.ts';
import { findingHandlers } from './findings.ts';
import { type Handler, type Handlers } from './handlers.ts';
import { mentionHandlers } from './mentions.ts';
import { nextRequestHandlers } from './nextRequest.ts';
import { pageHandlers, type StartMessage } from './page.ts';
import { parameterHandlers } from './parameters.ts';
import { pathHandlers } from './paths.ts';
import { queueHandlers } from './queue.ts';
import { roomHandlers } from './room.ts';
import { toolHandlers } from './tools.ts';
import { turnHandlers } from './turns.ts';

/** Everything but the page's own beginning. */
export type TakenMessage = Exclude<ViewMessage, StartMessage>;

const handlers: Handlers<TakenMessage> = {
  ...answerHandlers,
  ...attachmentHandlers,
  ...codeHandlers,
  ...composerHandlers,
  ...findingHandlers,
  ...mentionHandlers,
  ...nextRequestHandlers,
  ...pageHandlers,
  ...parameterHandlers,
  ...pathHandlers,
  ...queueHandlers,
  ...roomHandlers,
  ...toolHandlers,
  ...turnHandlers,
};

export function handlerOf(message: TakenMessage): Handler<TakenMessage> {
  // The one of its type takes no other.
  return handlers[message.type] as Handler<TakenMessage>;
}
