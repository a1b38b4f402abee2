import type { UserTurn } from '../../shared/conversation.ts';
import type { QueuedMessage } from '../../shared/protocol/queue.ts';
import { withoutSteering } from './steering.ts';
import { withoutData } from './shownAttachments.ts';

/** Turns that wait for the end of a running answer, in the order in which they were sent. */
export class MessageQueue {
  #turns: readonly UserTurn[];
  readonly #changed: (turns: readonly UserTurn[]) => void;

  /** `changed` hears of every change, to store and show it. */
  constructor(turns: readonly UserTurn[], changed: (turns: readonly UserTurn[]) => void) {
    this.#turns = turns;
    this.#changed = changed;
  }

  /** As the view shows it. */
  get messages(): QueuedMessage[] {
    return this.#turns.map(({ id, text, call, attachments = [], steers }) => ({
      id,
      text: call ?? text,
      attachments: attachments.map(withoutData),
      ...(steers && { steers }),
    }));
  }

  get turns(): readonly UserTurn[] {
    return this.#turns;
  }

  get first(): UserTurn | undefined {
    return this.#turns[0];
  }

  /** Those that go with the next results of tools: the first ones. */
  get steering(): readonly UserTurn[] {
    return this.#turns.filter(({ steers }) => steers);
  }

  find(id: string): UserTurn | undefined {
    return this.#turns.find(turn => turn.id === id);
  }

  add(turn: UserTurn): void {
    this.#set(inOrder([...this.#turns, turn]));
  }

  /** Says of a turn whether it goes with the next results of tools. A review does not: its request has no other tools. */
  steer(id: string, isSteering: boolean): void {
    const turn = this.find(id);
    if (!turn || turn.intent === 'review') return;
    const alone = withoutSteering(turn);
    const others = this.#turns.filter(queued => queued !== turn);
    const now: UserTurn = isSteering ? { ...alone, steers: true } : alone;
    this.#set(inOrder(isSteering ? [...others, now] : [now, ...others]));
  }

  /** Takes the turns of these ids out. */
  takeAll(ids: ReadonlySet<string>): void {
    this.#set(this.#turns.filter(({ id }) => !ids.has(id)));
  }

  /** Takes the turn of this id out, or the first one; undefined where there is none. */
  take(id?: string): UserTurn | undefined {
    const turn = id === undefined ? this.first : this.find(id);
    if (turn) this.#set(this.#turns.filter(queued => queued !== turn));
    return turn;
  }

  #set(turns: readonly UserTurn[]): void {
    this.#turns = turns;
    this.#changed(turns);
  }
}

/** What goes with results goes before the others. */
function inOrder(turns: readonly UserTurn[]): UserTurn[] {
  return [...turns.filter(({ steers }) => steers), ...turns.filter(({ steers }) => !steers)];
}
