import type { ToolMessage } from '../../shared/protocol/tools.ts';
import { elsewhere, type Handlers, onShown } from './handlers.ts';

export const toolHandlers: Handlers<ToolMessage> = {
  sendToolResults: onShown((chat, { results }) => chat.answerTools(results)),
  typeToolResults: elsewhere((chat, { conversationId, turnId, results }) =>
    chat.keepToolResults(conversationId, turnId, results),
  ),
};
