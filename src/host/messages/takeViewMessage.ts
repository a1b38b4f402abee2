import type { ChatController } from '../chatController.ts';
import { handlerOf, type TakenMessage } from './allHandlers.ts';
import type { AnswerPorts } from './handlers.ts';

/** Does what the view's user has asked for: in the conversation that is shown, once that is read. */
export async function takeViewMessage(chat: ChatController, message: TakenMessage, ports: AnswerPorts): Promise<void> {
  const { isDamaged } = await chat.open();
  const { scope, take } = handlerOf(message);
  if (isDamaged && scope === 'changes') {
    await chat.leaveDamaged();
    // Its turns have other names, and it is not the one that was meant. What was typed is nowhere else.
    if ('turnId' in message && 'text' in message) ports.link.returned(chat.session.id, message.text);
  }
  await take(chat, message, ports);
}
