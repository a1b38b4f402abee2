import type { ToolMessage } from '../../shared/protocol/tools.ts';
import { changing, elsewhere, type Handlers, onShown } from './handlers.ts';

export const toolHandlers: Handlers<ToolMessage> = {
  sendToolResults: onShown(({ parts }, { results }) => parts.asking.answerTools(results)),
  decideCall: onShown(({ session }, { turnId, index, decision, left }) =>
    session.calls.decide(turnId, index, decision, left),
  ),
  stopCall: onShown(({ session }, { turnId, index }) => session.calls.stop(turnId, index)),
  handBack: changing(({ parts }, { turnId }) => parts.again.handBack(turnId)),
  showTerminal: onShown(({ session }, _, { terminals }) => terminals.show(session.id)),
  hideSteps: onShown(({ session }, { list }) => session.unsent.hideSteps(list)),
  typeToolResults: elsewhere(({ conversations }, { conversationId, turnId, results }) =>
    conversations.tell(conversationId, ({ unsent }) => unsent.typeToolResults(turnId, results)),
  ),
};
