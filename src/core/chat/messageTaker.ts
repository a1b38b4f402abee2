import { messageOf } from '../../shared/messageOf.ts';
import type { HostMessage } from '../../shared/protocol/hostMessage.ts';
import type { StartMessage } from '../../shared/protocol/page.ts';
import type { ReplyTo, RequestMessage, ViewRequest } from '../../shared/protocol/requests.ts';
import type { FromView, ViewMessage } from '../../shared/protocol/viewMessage.ts';

/** Everything but the page's own beginning, which ChatPage takes. */
export type TakenMessage = Exclude<ViewMessage, StartMessage>;

/** What is done, and not answered. */
export type DoneMessage = Exclude<TakenMessage, RequestMessage>;

/**
 * What a message is about: the conversation that the view shows, which it may change beside its draft; the one that it
 * was written in (`named`), whether that is still shown or not; or anything else, such as the window.
 */
export type Scope = 'shown' | 'changes' | 'named' | 'elsewhere';

export interface MessageTakerPorts {
  chat: {
    /** The conversation that is shown, once it is read. */
    open: () => Promise<{ id: string; isDamaged: boolean }>;
    postSnapshot: () => Promise<unknown>;
  };
  /** Goes on in a copy of a damaged conversation. */
  leaveDamaged: () => Promise<unknown>;
  link: {
    post: (message: Extract<HostMessage, { type: 'reply' | 'rejection' }>) => unknown;
    /** A text that nothing was done with goes back to where it was typed. */
    returned: (conversationId: string, text: string) => unknown;
  };
  /** What a message or a request leads to, to be done once its conversation is the one that is shown. */
  handle: (message: DoneMessage | ViewRequest) => { scope: Scope; take: (conversationId: string) => unknown };
}

/**
 * Does what the view's user has asked for: in the conversation that is shown, once that is read. What was meant for
 * another one is not done: the view did not show yet what is shown now.
 */
export class MessageTaker {
  readonly #ports: MessageTakerPorts;
  /** Of damaged conversations that were left for them, by their ids: what is still said of those means their copies. */
  readonly #copies = new Map<string, string>();

  constructor(ports: MessageTakerPorts) {
    this.#ports = ports;
  }

  /** Rejects where the handler fails. A request is answered in any case. */
  async take({ message, conversationId }: FromView<TakenMessage>): Promise<void> {
    if (message.type === 'request') await this.#answer(message, conversationId);
    else if (await this.#isMeant(message, conversationId)) await this.#do(message, conversationId);
    else if (isTyped(message)) await this.#giveBack(message.text);
  }

  async #answer({ id, request }: RequestMessage, conversationId: string | undefined): Promise<void> {
    const { link } = this.#ports;
    try {
      if (await this.#isMeant(request, conversationId)) {
        // Its handler returns what its type is answered with.
        const value = (await this.#do(request, conversationId)) as ReplyTo<ViewRequest>;
        link.post({ type: 'reply', id, value });
      } else link.post({ type: 'rejection', id, problem: 'Another conversation is shown.' });
    } catch (error) {
      link.post({ type: 'rejection', id, problem: messageOf(error) });
      throw error;
    }
  }

  async #isMeant(message: DoneMessage | ViewRequest, conversationId: string | undefined): Promise<boolean> {
    const { chat, handle } = this.#ports;
    const { id } = await chat.open();
    return /^(?:named|elsewhere)$/.test(handle(message).scope) || this.#means(conversationId, id);
  }

  /** Whether the id, as the view knows it, means this conversation. */
  #means(named: string | undefined, id: string): boolean {
    return named === id || (named !== undefined && this.#copies.get(named) === id);
  }

  async #do(message: DoneMessage | ViewRequest, named: string | undefined): Promise<unknown> {
    const { chat, leaveDamaged, link, handle } = this.#ports;
    const { id, isDamaged } = await chat.open();
    const { scope, take } = handle(message);
    const isShown = this.#means(named, id);
    if (isDamaged && (scope === 'changes' || (scope === 'named' && isShown))) {
      await leaveDamaged();
      const copy = await chat.open();
      this.#copies.set(id, copy.id);
      // Its turns have other names, and it is not the one that was meant.
      if (isTyped(message)) link.returned(copy.id, message.text);
      return take(copy.id);
    }
    return take(isShown ? id : (named ?? id));
  }

  /** What was typed is nowhere else. It goes to the conversation that is shown, once the view has that. */
  async #giveBack(text: string): Promise<void> {
    const { chat, link } = this.#ports;
    await chat.postSnapshot();
    link.returned((await chat.open()).id, text);
  }
}

/** Whether it brings a text that the view does not keep. */
function isTyped(message: DoneMessage | ViewRequest): message is DoneMessage & { text: string } {
  return message.type === 'send' || ('turnId' in message && 'text' in message);
}
