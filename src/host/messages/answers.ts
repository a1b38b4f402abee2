import type { AnswerMessage } from '../../shared/protocol/answers.ts';
import { changing, type Handlers, onShown } from './handlers.ts';

export const answerHandlers: Handlers<AnswerMessage> = {
  stop: onShown(({ session }) => session.stop()),
  retryNow: onShown(({ session }) => session.retryNow()),
  retry: changing(({ parts }, { turnId }) => parts.again.retry(turnId)),
  retryWithout: changing(({ parts }, { turnId }) => parts.again.without(turnId)),
  retryWithoutRefused: changing(({ parts }, { turnId }) => parts.again.withoutRefused(turnId)),
  retryWithModel: changing(({ parts }, { turnId }) => parts.again.withModel(turnId)),
  retryWithLarger: changing(({ parts }, { turnId }) => parts.again.withLarger(turnId)),
  retryWithSuccessor: changing(({ parts }, { turnId }) => parts.again.withSuccessor(turnId)),
  retryWithOtherKeyHeader: changing(({ parts }, { turnId }) => parts.again.withOtherKeyHeader(turnId)),
  continue: changing(({ parts }, { turnId }) => parts.again.continue(turnId)),
};
