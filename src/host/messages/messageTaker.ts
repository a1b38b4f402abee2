import { messageOf } from '../../shared/messageOf.ts';
import type { StartMessage } from '../../shared/protocol/page.ts';
import type { ReplyTo, RequestMessage, ViewRequest } from '../../shared/protocol/requests.ts';
import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import type { ChatController } from '../chatController.ts';
import type { ViewLink } from '../viewLink.ts';
import type { Scope } from './handlers.ts';

/** Everything but the page's own beginning, which ChatPage takes. */
export type TakenMessage = Exclude<ViewMessage, StartMessage>;

/** What is done, and not answered. */
export type DoneMessage = Exclude<TakenMessage, RequestMessage>;

export interface MessageTakerPorts {
  chat: Pick<ChatController, 'open' | 'leaveDamaged'>;
  link: Pick<ViewLink, 'post' | 'returned'>;
  /** What a message or a request leads to, to be done once its conversation is the one that is shown. */
  handle: (message: DoneMessage | ViewRequest) => { scope: Scope; take: () => unknown };
}

/** Does what the view's user has asked for: in the conversation that is shown, once that is read. */
export class MessageTaker {
  readonly #ports: MessageTakerPorts;

  constructor(ports: MessageTakerPorts) {
    this.#ports = ports;
  }

  /** Rejects where the handler fails. A request is answered in any case. */
  async take(message: TakenMessage): Promise<void> {
    if (message.type === 'request') await this.#answer(message);
    else await this.#do(message);
  }

  async #answer({ id, request }: RequestMessage): Promise<void> {
    const { link } = this.#ports;
    try {
      // Its handler returns what its type is answered with.
      const value = (await this.#do(request)) as ReplyTo<ViewRequest>;
      link.post({ type: 'reply', id, value });
    } catch (error) {
      link.post({ type: 'rejection', id, problem: messageOf(error) });
      throw error;
    }
  }

  async #do(message: DoneMessage | ViewRequest): Promise<unknown> {
    const { chat, link, handle } = this.#ports;
    const { isDamaged } = await chat.open();
    const { scope, take } = handle(message);
    if (isDamaged && scope === 'changes') {
      await chat.leaveDamaged();
      // Its turns have other names, and it is not the one that was meant. What was typed is nowhere else.
      if ('turnId' in message && 'text' in message) link.returned((await chat.open()).id, message.text);
    }
    return take();
  }
}
