import type { UserTurn } from '../../shared/conversation.ts';
import type { QueuedMessage } from '../../shared/protocol/queue.ts';
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
    return this.#turns.map(({ id, text, call, attachments = [] }) => ({
      id,
      text: call ?? text,
      attachments: attachments.map(withoutData),
    }));
  }

  get turns(): readonly UserTurn[] {
    return this.#turns;
  }

  get first(): UserTurn | undefined {
    return this.#turns[0];
  }

  find(id: string): UserTurn | undefined {
    return this.#turns.find(turn => turn.id === id);
  }

  add(turn: UserTurn): void {
    this.#set([...this.#turns, turn]);
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
