import { type Attached, attachedTo } from '../../shared/attached.ts';
import type { UserTurn } from '../../shared/conversation.ts';
import type { AttachedSize, NextSize } from '../../shared/nextSize.ts';
import { cacheLifeMs } from '../request/cacheExpectation.ts';
import { nextSizeOf } from '../request/nextSize.ts';
import type { NextTurn } from './nextTurns.ts';
import { RequestMeter } from '../request/requestMeter.ts';
import type { ChatSession } from './session.ts';

/** Milliseconds over which changes are gathered. */
const gatherMs = 60;

/** As many of the attachments as a list can be read. */
const mostListed = 30;

/** Where sizes are shown. */
export interface SizesView {
  /** Whether there is a view that acts on what it is told. */
  readonly connected: boolean;
  size: (conversationId: string, size: NextSize) => void;
}

/** Keeps the view's picture of what the next request takes up to date, for as long as there is a view. */
export class RequestSizes {
  readonly #view: SizesView;
  readonly #session: () => ChatSession;
  readonly #nextTurn: NextTurn;
  readonly #meter = new RequestMeter();
  #timer: NodeJS.Timeout | undefined;

  constructor(view: SizesView, session: () => ChatSession, nextTurn: NextTurn) {
    this.#view = view;
    this.#nextTurn = nextTurn;
    this.#session = session;
  }

  /** Of a request for the turn, before it is sent. */
  async sizeOf(session: ChatSession, turn: UserTurn): Promise<NextSize> {
    const { history, sources, cached } = await session.nextRequest(turn);
    const parts = this.#meter.measure(history, turn, sources);
    return nextSizeOf(parts, sources, turn.intent === 'review' ? undefined : cached);
  }

  /** Something that the request is made of has changed. */
  refresh(): void {
    clearTimeout(this.#timer);
    if (this.#view.connected) this.#timer = setTimeout(() => void this.#post(), gatherMs);
  }

  /** The endpoint has counted the request; that stands until something changes. */
  async counted(tokens: number): Promise<void> {
    const session = this.#session();
    const size = await this.sizeOf(session, await this.#nextTurn(session));
    clearTimeout(this.#timer);
    if (session === this.#session()) this.#view.size(session.id, { ...size, tokens, isEstimate: false });
  }

  /** What is attached in this conversation, the largest first. */
  async attached(): Promise<AttachedSize[]> {
    const session = this.#session();
    const { sources } = await session.nextRequest();
    const omitted = new Set(session.condensing.omitted);
    const asked = session.branch.turns.filter(turn => turn.role === 'user');
    const toSize = (attached: Attached, { isUnsent = false, isOfLast = false }): AttachedSize => ({
      id: attached.id,
      name: attached.name,
      tokens: this.#meter.attachedTokens(attached, sources.parameters.model ?? sources.settings.model),
      isUnsent,
      isOfLast,
      isOmitted: omitted.has(attached.id),
    });
    const all = [
      ...attachedTo(session.unsent.turn).map(attached => toSize(attached, { isUnsent: true })),
      ...asked.flatMap(turn => attachedTo(turn).map(attached => toSize(attached, { isOfLast: turn === asked.at(-1) }))),
    ];
    return all.toSorted((a, b) => b.tokens - a.tokens).slice(0, mostListed);
  }

  async #post(): Promise<void> {
    const session = this.#session();
    const size = await this.sizeOf(session, await this.#nextTurn(session));
    if (session !== this.#session()) return;
    this.#view.size(session.id, size);
    // What the cache holds passes by itself.
    if (size.cached !== undefined) this.#timer = setTimeout(() => this.refresh(), cacheLifeMs).unref();
  }
}
