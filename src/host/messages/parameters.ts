import type { ParameterMessage } from '../../shared/protocol/parameters.ts';
import { changing, type Handlers, onShown } from './handlers.ts';

export const parameterHandlers: Handlers<ParameterMessage> = {
  setParameter: changing(({ session }, { name, value }) => session.unsent.setParameter(name, value)),
  typeParameter: changing(({ session }, { name, text }) => session.unsent.typeParameter(name, text)),
  sendRefusedAgain: onShown(async (chat, { field }) => {
    await chat.session.sendRefusedAgain(field);
    chat.parts.watch.refresh();
  }),
};
