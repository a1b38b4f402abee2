import type { AnswerState, UserTurn } from '../../shared/conversation.ts';
import type { FindingClosed } from '../../shared/finding.ts';
import type { Change } from '../../shared/protocol/changes.ts';
import type { Review } from './reviews.ts';
import { ChatSession, type SessionPorts } from './session.ts';
import { damagedAndEmpty, emptyConversation, type StoredConversation } from '../conversation/store.ts';

/** A place that shows a conversation. */
export interface SessionViewer {
  changed: (conversationId: string, change: Change) => void;
  runningChanged: (running: boolean) => void;
  /** What can't be saved yet has changed; see ChatSession. */
  unsaved: () => void;
  /** See SessionPorts. */
  mayGoOut: (turn: UserTurn) => Promise<boolean>;
  /** Another place shows the conversation from now on. */
  taken: () => void;
}

/** An answer that has begun or ended. */
export interface RunNews {
  session: ChatSession;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** How it has ended; absent where it has begun. */
  end?: AnswerState;
}

type OwnPorts = 'emit' | 'runningChanged' | 'unsaved' | 'saving' | 'saved' | 'mayGoOut' | 'findingsReported';

export interface ConversationsPorts extends Omit<SessionPorts, OwnPorts> {
  /** A review has come to its end, or is there again with its conversation. */
  reviewed: (review: Review) => void;
  /** Whether findings of the conversation stand in the editor: what becomes of them is written into it. */
  hasFindings: (conversationId: string) => boolean;
  onRun: (news: RunNews) => void;
  /** A call of the running answer waits for the user's word, or the request itself does. */
  onAsk?: (session: ChatSession) => void;
}

interface Live {
  session: ChatSession;
  viewer: SessionViewer | undefined;
  startedAt: number;
  /** Of the running answer, or of the last one. */
  state: AnswerState | undefined;
}

/**
 * The conversations that are shown somewhere, still being answered or not saved yet: each once, and in one place. An answer goes on
 * when its place is closed or shows another conversation; nothing that waits in the queue is sent then.
 */
export class Conversations {
  readonly #ports: ConversationsPorts;
  readonly #live = new Map<string, Live>();
  /** Those that were let go, are at work again, and were opened anew meanwhile. */
  readonly #stray = new Set<Live>();
  /** Those that a place has left: its page may still tell what was typed there. */
  readonly #left = new Set<string>();
  /** What is being opened, and what is told of one that has to be opened for it. */
  readonly #opening = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(ports: ConversationsPorts) {
    this.#ports = ports;
  }

  /**
   * Begins to show the conversation, or a new one, once `prepare` has put into it what it begins with. Whoever has shown it
   * hears that it was taken.
   */
  enter(
    id: string | undefined,
    viewer: SessionViewer,
    prepare: (session: ChatSession) => void = () => undefined,
  ): Promise<ChatSession> {
    return this.#awaited(async () => {
      const live = await this.#liveOf(id);
      prepare(live.session);
      return this.#show(live, viewer);
    });
  }

  /** The same, unless another place shows it: then a new one. */
  enterFree(id: string | undefined, viewer: SessionViewer): Promise<ChatSession> {
    return this.#awaited(async () => {
      const live = await this.#liveOf(id);
      return this.#show(live.viewer ? await this.#liveOf(undefined) : live, viewer);
    });
  }

  #show(live: Live, viewer: SessionViewer): ChatSession {
    // Nobody showed it, and it may have been let go a moment ago.
    this.#live.set(live.session.id, live);
    const before = live.viewer;
    live.viewer = viewer;
    if (before && before !== viewer) before.taken();
    return live.session;
  }

  /** The viewer does not show it any more. What is not saved or answered yet keeps it live, and `close` waits for that. */
  leave({ id }: ChatSession, viewer: SessionViewer): void {
    const live = this.#live.get(id);
    if (live?.viewer !== viewer) return;
    live.viewer = undefined;
    this.#left.add(id);
    this.#dropIfDone(live);
  }

  /** Another window may have gone on with what is shown here. */
  async takeOthers(): Promise<void> {
    await Promise.all(this.sessions.map(session => session.takeOthers()));
  }

  find(id: string): ChatSession | undefined {
    return this.#live.get(id)?.session;
  }

  /**
   * Takes what was typed in the conversation, also where another one has come to be shown meanwhile: one that was left
   * and let go is opened for it.
   */
  async tell(id: string, tell: (session: ChatSession) => unknown): Promise<void> {
    const live = this.#live.get(id);
    if (live) tell(live.session);
    if (live || !this.#left.has(id)) return;
    await this.#awaited(async () => {
      const opened = await this.#liveOf(id);
      tell(opened.session);
      this.#dropIfDone(opened);
    });
  }

  get sessions(): ChatSession[] {
    return [...this.#live.values()].map(({ session }) => session);
  }

  /** Some findings of the conversation have been dealt with. It is let go once it has no more, and nobody shows it. */
  async closeFindings(
    conversationId: string,
    turnId: string,
    findingIds: ReadonlySet<string>,
    how: FindingClosed,
  ): Promise<void> {
    const live = this.#live.get(conversationId);
    await live?.session.reviews.close(turnId, findingIds, how);
    if (live) this.#dropIfDone(live);
  }

  /** Nothing of the conversation stands in the editor any more. */
  letGo(id: string): void {
    const live = this.#live.get(id);
    if (live) this.#dropIfDone(live);
  }

  /** It is not stored any more: nothing that is told of it late brings it back. */
  deleted(id: string): void {
    this.#left.delete(id);
    this.letGo(id);
  }

  /**
   * Saves what runs, as far as it has come, and ends it; what was left is saved, too. Resolves once nothing is saved any
   * more.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    const closing = this.#closeAll();
    // What was about to be opened may have brought something along.
    while (this.#opening.size > 0) await Promise.allSettled(this.#opening);
    await closing;
    await this.#closeAll();
  }

  async #closeAll(): Promise<void> {
    const strays = [...this.#stray].map(({ session }) => session);
    await Promise.allSettled([...this.sessions, ...strays].map(session => session.close()));
  }

  /** `close` waits for the work. */
  #awaited<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = work();
    const ended = done
      .catch(() => undefined)
      .finally(() => {
        this.#opening.delete(ended);
      });
    this.#opening.add(ended);
    return done;
  }

  async #liveOf(id: string | undefined): Promise<Live> {
    if (id === undefined) return this.#open(emptyConversation(this.#ports.newId()));
    const stored = this.#live.has(id) ? undefined : await this.#load(id);
    // Another place may have opened it while it was read.
    return this.#live.get(id) ?? this.#open(stored ?? emptyConversation(id));
  }

  #open(stored: StoredConversation): Live {
    const session = new ChatSession(stored, {
      ...this.#ports,
      emit: change => {
        if (change.type === 'answer') live.state = change.state;
        if (change.type === 'calls' && change.calls.some(({ state }) => state === 'awaiting')) {
          this.#ports.onAsk?.(session);
        }
        if (change.type === 'clearance' && change.clearance) this.#ports.onAsk?.(session);
        if (change.type === 'moderation' && change.moderation?.phase === 'asks') this.#ports.onAsk?.(session);
        if (!this.#isClosed) live.viewer?.changed(stored.id, change);
      },
      mayGoOut: turn => live.viewer?.mayGoOut(turn) ?? Promise.resolve(false),
      runningChanged: running => this.#runningChanged(live, running),
      unsaved: () => {
        if (this.#isClosed) return;
        live.viewer?.unsaved();
      },
      saving: () => this.#keep(live),
      saved: () => this.#dropIfDone(live),
      findingsReported: (turnId, findings) => this.#ports.reviewed({ conversationId: stored.id, turnId, findings }),
    });
    const live: Live = { session, viewer: undefined, startedAt: 0, state: undefined };
    this.#live.set(session.id, live);
    for (const review of session.reviews.open) this.#ports.reviewed(review);
    return live;
  }

  /** It may have been let go before, when nothing was to be done. */
  #keep(live: Live): void {
    const known = this.#live.get(live.session.id);
    if (!known) this.#live.set(live.session.id, live);
    else if (known !== live) this.#stray.add(live);
  }

  #runningChanged(live: Live, running: boolean): void {
    // The places and what tells of answers are gone before the last answer has ended.
    if (this.#isClosed) return;
    live.viewer?.runningChanged(running);
    const { session } = live;
    if (running) {
      live.startedAt = this.#ports.now();
      live.state = undefined;
      this.#ports.onRun({ session, startedAt: live.startedAt });
    } else {
      const end = live.state ?? { phase: 'stopped' };
      this.#ports.onRun({ session, startedAt: live.startedAt, end });
      this.#dropIfDone(live);
    }
  }

  #dropIfDone(live: Live): void {
    const { session, viewer } = live;
    const isKept = viewer !== undefined || session.running || !session.isSaved;
    if (!isKept) this.#stray.delete(live);
    // Its conversation may have been opened anew.
    const isLive = this.#live.get(session.id) === live;
    if (!isLive || isKept || this.#ports.hasFindings(session.id)) return;
    this.#live.delete(session.id);
    this.#ports.tools?.left?.(session.id);
  }

  async #load(id: string): Promise<StoredConversation | undefined> {
    try {
      return await this.#ports.store.load(id);
    } catch (error) {
      this.#ports.storeFailed(error);
      // An empty one in its place would be written to.
      return damagedAndEmpty(id);
    }
  }
}
