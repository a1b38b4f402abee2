import { sumOfAnswers } from '../../core/usage/conversationSum.ts';
import type { NextRequestMessage, SumReplies, SumRequest } from '../../shared/protocol/nextRequest.ts';
import { readOrTell } from '../toldFailure.ts';
import { elsewhere, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const nextRequestHandlers: Handlers<NextRequestMessage> = {
  // The view looks on when another conversation is shown.
  watchRequest: elsewhere((chat, { isOn }) => chat.watch.set(isOn)),
  countRequest: onShown(chat => chat.watch.count()),
  confirmSend: onShown(chat => chat.gate.confirm()),
  cancelSend: onShown(chat => chat.gate.cancel()),
};

export const sumHandlers: RequestHandlers<SumRequest, SumReplies> = {
  sumConversation: onShown(({ session }, _, { store, storeFailed, rulesFor }) =>
    readOrTell(async () => {
      await session.saved();
      return sumOfAnswers(await store.loadTaken(session.id), model => rulesFor(model).price);
    }, storeFailed),
  ),
};
