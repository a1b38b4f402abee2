import type { ParameterMessage } from '../../shared/protocol/parameters.ts';
import { type Handlers, inNamed, onShown } from './handlers.ts';

export const parameterHandlers: Handlers<ParameterMessage> = {
  setParameter: inNamed(({ unsent }, { name, value }) => unsent.setParameter(name, value)),
  typeParameter: inNamed(({ unsent }, { name, text }) => unsent.typeParameter(name, text)),
  sendRefusedAgain: onShown(async (chat, { field }) => {
    await chat.session.sendRefusedAgain(field);
    chat.parts.watch.refresh();
  }),
};
