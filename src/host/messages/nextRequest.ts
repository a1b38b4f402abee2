import type { NextRequestMessage } from '../../shared/protocol/nextRequest.ts';
import { elsewhere, type Handlers, onShown } from './handlers.ts';

export const nextRequestHandlers: Handlers<NextRequestMessage> = {
  // The view looks on when another conversation is shown.
  watchRequest: elsewhere((chat, { isOn }) => chat.watch.set(isOn)),
  countRequest: onShown(chat => chat.watch.count()),
  sumConversation: onShown(chat => chat.postSum()),
  confirmSend: onShown(chat => chat.gate.confirm()),
  cancelSend: onShown(chat => chat.gate.cancel()),
};
