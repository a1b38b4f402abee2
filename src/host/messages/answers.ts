import * as vscode from 'vscode';
import type { AnswerMessage } from '../../shared/protocol/answers.ts';
import type { ChatController } from '../chatController.ts';
import { changing, type Handlers, onShown } from './handlers.ts';

export const answerHandlers: Handlers<AnswerMessage> = {
  stop: onShown(({ session }) => session.stop()),
  retryNow: onShown(({ session }) => session.retryNow()),
  retry: changing(async (chat, { turnId }) => {
    if (await mayTryAgain(chat)) await chat.session.retry(turnId);
  }),
  retryWithout: changing(async (chat, { turnId }) => {
    if (await mayTryAgain(chat)) await chat.session.retryWithout(turnId);
  }),
  retryWithoutRefused: changing(async (chat, { turnId }) => {
    if (await mayTryAgain(chat)) await chat.session.retryWithoutRefused(turnId);
  }),
  retryWithModel: changing((chat, { turnId }) => chat.retryWithModel(turnId)),
  retryWithLarger: changing((chat, { turnId }) => chat.retryWithLarger(turnId)),
  retryWithSuccessor: changing((chat, { turnId }) => chat.retryWithSuccessor(turnId)),
  retryWithOtherKeyHeader: changing((chat, { turnId }) => chat.retryWithOtherKeyHeader(turnId)),
  continue: changing(async (chat, { turnId }) => {
    if (await chat.gate.passesAgain(vscode.l10n.t('Continue'))) await chat.session.continue(turnId);
  }),
};

function mayTryAgain({ gate }: ChatController): Promise<boolean> {
  return gate.passesAgain(vscode.l10n.t('Try Again'));
}
