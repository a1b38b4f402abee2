import type { UserTurn } from '../../shared/conversation.ts';
import type { QueuedMessage } from '../../shared/protocol.ts';
import { withoutData } from './turns.ts';

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
    return this.#turns.map(({ id, text, attachments = [] }) => ({
      id,
      text,
      attachments: attachments.map(withoutData),
    }));
  }

  add(turn: UserTurn): void {
    this.#set([...this.#turns, turn]);
  }

  /** Takes the turn of this id out, or the first one; undefined where there is none. */
  take(id?: string): UserTurn | undefined {
    const turn = id === undefined ? this.#turns[0] : this.#turns.find(queued => queued.id === id);
    if (turn) this.#set(this.#turns.filter(queued => queued !== turn));
    return turn;
  }

  #set(turns: readonly UserTurn[]): void {
    this.#turns = turns;
    this.#changed(turns);
  }
}
