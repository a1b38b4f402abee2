import type { ToolMessage } from '../../shared/protocol/tools.ts';
import { elsewhere, type Handlers, onShown } from './handlers.ts';

export const toolHandlers: Handlers<ToolMessage> = {
  sendToolResults: onShown(({ parts }, { results }) => parts.asking.answerTools(results)),
  typeToolResults: elsewhere(({ conversations }, { conversationId, turnId, results }) =>
    conversations.tell(conversationId, ({ unsent }) => unsent.typeToolResults(turnId, results)),
  ),
};
