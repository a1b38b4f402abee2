import { takenUntilNow } from '../../core/chat/takenUntilNow.ts';
import type { NextRequestMessage, SumReplies, SumRequest } from '../../shared/protocol/nextRequest.ts';
import { readOrTell } from '../status/toldFailure.ts';
import { changing, elsewhere, type Handlers, onShown, type RequestHandlers } from './handlers.ts';

export const nextRequestHandlers: Handlers<NextRequestMessage> = {
  // The view looks on when another conversation is shown.
  watchRequest: elsewhere((chat, { isOn }) => chat.parts.watch.set(isOn)),
  countRequest: onShown(chat => chat.parts.watch.count()),
  confirmSend: onShown(chat => chat.parts.gate.confirm()),
  cancelSend: onShown(chat => chat.parts.gate.cancel()),
  takeAdvice: changing(chat => chat.parts.advisor.take()),
  dismissAdvice: onShown(chat => chat.parts.advisor.dismiss()),
};

export const sumHandlers: RequestHandlers<SumRequest, SumReplies> = {
  sumConversation: onShown(({ session }, _, { store, storeFailed, rulesFor }) =>
    readOrTell(() => takenUntilNow(session, store, model => rulesFor(model).price), storeFailed),
  ),
};
