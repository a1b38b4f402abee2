import type { Change } from '../../shared/protocol/changes.ts';
import type { Conversations, SessionViewer } from './conversations.ts';
import { type DueNotice, dueNotice } from './dueNotice.ts';
import { isGone, type Remembered } from '../conversation/remembered.ts';
import type { ChatSession } from './session.ts';
import type { ConversationStore } from '../conversation/store.ts';

export interface ShownPorts extends Pick<SessionViewer, 'changed' | 'runningChanged' | 'mayGoOut'> {
  conversations: Pick<Conversations, 'enter' | 'enterFree' | 'leave'>;
  store: Pick<ConversationStore, 'history' | 'load' | 'isInMemory'>;
  /** It could not be found out whether what was shown is still there. */
  storeFailed: (error: unknown) => void;
  /** What the place has shown last. */
  remembered: () => Remembered | undefined;
  remember: (id: string) => PromiseLike<void>;
  /** Another conversation is shown, or the one that is has another title. */
  titleChanged: (title: string) => void;
  /** There is another notice, or none any more; see `notice`. */
  noticeChanged: () => void;
  /** What waits for the user's word belongs to the conversation that is left. */
  left: () => void;
  /** Draws the conversation that is shown from now on. */
  draw: () => Promise<void>;
}

/** The conversation that one place shows, and the change from one to another. */
export class ShownConversation {
  readonly #ports: ShownPorts;
  readonly #viewer: SessionViewer;
  #opened: ChatSession | undefined;
  /** Resolves once what is to be shown is read. */
  #changing: Promise<unknown> = Promise.resolve();
  /** Whether what this place has shown is no longer there. */
  #isMissing = false;

  constructor(ports: ShownPorts) {
    this.#ports = ports;
    this.#viewer = {
      changed: (conversationId, change) => this.#changed(conversationId, change),
      runningChanged: running => ports.runningChanged(running),
      unsaved: () => ports.noticeChanged(),
      mayGoOut: turn => ports.mayGoOut(turn),
      taken: () => void this.show(),
    };
  }

  /** What is shown. Only after `open`: whatever the view asks for, it has been given a conversation before. */
  get session(): ChatSession {
    if (!this.#opened) throw new Error('No conversation is open yet.');
    return this.#opened;
  }

  /** What is shown, where it has been read already. */
  get opened(): ChatSession | undefined {
    return this.#opened;
  }

  /** What has to be said of it; undefined where that is nothing. */
  get notice(): DueNotice | undefined {
    return dueNotice(this.session, { isInMemory: this.#ports.store.isInMemory, isMissing: this.#isMissing });
  }

  /** What is shown; read from the store at its first use: the page of the view is on its way by then. */
  async open(): Promise<ChatSession> {
    return this.#opened ?? this.#inTurn(async () => this.#opened ?? this.#openRemembered());
  }

  /**
   * Leaves the conversation, whose answer goes on, and shows `id`, or a new one, after `prepare` has put into it what
   * it begins with. A place that shows `id` already gives it up. Until it is read, the one before is shown, and what is
   * said there belongs to it.
   */
  async show(id?: string, prepare: (session: ChatSession) => void = () => undefined): Promise<void> {
    this.#ports.left();
    const session = await this.#inTurn(() => this.#change(id, prepare));
    // The window's memory is a round trip away, which the view need not wait for.
    await Promise.all([this.#ports.draw(), this.remember(session)]);
  }

  /** Has the place show it again in the next window. */
  async remember({ id }: ChatSession): Promise<void> {
    try {
      await this.#ports.remember(id);
    } catch {
      // The window's memory can't be written: the next window begins with another conversation, and this one is listed.
    }
  }

  /** The place is closed. A running answer goes on. */
  dispose(): void {
    this.#ports.left();
    void this.#changing.then(() => {
      if (this.#opened) this.#ports.conversations.leave(this.#opened, this.#viewer);
    });
  }

  async #openRemembered(): Promise<ChatSession> {
    const remembered = this.#ports.remembered();
    this.#isMissing = remembered !== undefined && (await this.#isGone(remembered));
    const free = this.#isMissing ? undefined : remembered?.id;
    const session = await this.#ports.conversations.enterFree(free, this.#viewer);
    this.#opened = session;
    if (session.id !== remembered?.id) void this.remember(session);
    this.#entered(session);
    return session;
  }

  async #isGone(remembered: Remembered): Promise<boolean> {
    try {
      return await isGone(remembered, this.#ports.store);
    } catch (error) {
      this.#ports.storeFailed(error);
      return false;
    }
  }

  async #change(id: string | undefined, prepare: (session: ChatSession) => void): Promise<ChatSession> {
    const session = await this.#ports.conversations.enter(id, this.#viewer, prepare);
    const before = this.#opened;
    this.#opened = session;
    this.#isMissing = false;
    if (before && before !== session) {
      this.#ports.left();
      this.#ports.conversations.leave(before, this.#viewer);
    }
    this.#entered(session);
    return session;
  }

  /** One conversation is read after the other: the last that was to be shown is. */
  #inTurn(work: () => Promise<ChatSession>): Promise<ChatSession> {
    const done = this.#changing.then(work);
    this.#changing = done.catch(() => undefined);
    return done;
  }

  #entered(session: ChatSession): void {
    this.#ports.runningChanged(session.running);
    this.#ports.titleChanged(session.conversation.title);
  }

  #changed(conversationId: string, change: Change): void {
    this.#ports.changed(conversationId, change);
    if (change.type === 'turn' && this.#isMissing) {
      this.#isMissing = false;
      this.#ports.noticeChanged();
    }
    if (change.type === 'title') this.#ports.titleChanged(change.title);
  }
}
