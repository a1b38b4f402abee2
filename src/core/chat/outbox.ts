import type { UserTurn } from '../../shared/conversation.ts';
import { wrongParameters } from '../../shared/unfinished.ts';
import type { Answering } from '../answer/answering.ts';
import type { Steering } from '../answer/rounds.ts';
import type { Branch } from '../conversation/branch.ts';
import { steeringTurn, withoutSteering } from '../conversation/steering.ts';
import type { StoreChange } from '../conversation/store.ts';
import { type AnswerRecord, expectsResults } from '../conversation/turns.ts';
import type { Unsent } from '../conversation/unsent.ts';

export interface OutboxPorts {
  branch: Branch;
  unsent: Unsent;
  answering: Answering;
  /** Whether a turn that has waited in the queue goes out now; where not, it goes on waiting. */
  mayGoOut?: (turn: UserTurn) => Promise<boolean>;
  /** A turn is part of the conversation now, and about to be answered. */
  asked: (turn: UserTurn) => void;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What the user sends: it goes out, or waits in the queue for the end of the running answer. */
export class Outbox {
  readonly #ports: OutboxPorts;
  #isClosed = false;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** Adds the turn and answers it. Resolves when the answer has ended; false where another is still running. */
  async send(turn: UserTurn): Promise<boolean> {
    if (this.#ports.answering.running) return false;
    await this.ask(
      withoutSteering(turn),
      this.#taking(() => this.#ports.unsent.taken(turn)),
    );
    return true;
  }

  /** Keeps the turn until the running answer has come to its own end; after a stop or a failure it waits for the user. */
  enqueue(turn: UserTurn): void {
    this.#ports.unsent.queue.add(turn);
    this.#ports.unsent.taken(turn);
  }

  /** Ends a running answer and sends this turn before the others. */
  async sendQueued(id: string): Promise<void> {
    const { answering, unsent } = this.#ports;
    answering.stop();
    await answering.idle();
    const turn = answering.running ? undefined : unsent.queue.find(id);
    if (turn) await this.#askQueued(turn);
  }

  /** After an answer that has come to its end, unless it waits for the results of tools. */
  async sendNext(answered: AnswerRecord): Promise<void> {
    const { answering, unsent, mayGoOut } = this.#ports;
    const waits = expectsResults(answered) || answered.check !== undefined;
    if (answered.state.phase !== 'complete' || waits || this.#isClosed) return;
    const first = unsent.queue.first;
    // A parameter may have been half typed since it was queued, and its last value is not what the user wants.
    if (!first || wrongParameters(unsent.unfinished, text => text).length > 0) return;
    if ((mayGoOut && !(await mayGoOut(first))) || answering.running) return;
    const next = unsent.queue.find(first.id);
    if (next) await this.#askQueued(next);
  }

  /** What waits to go with results of tools. */
  steering(): Steering | undefined {
    const { queue } = this.#ports.unsent;
    const { steering } = queue;
    const turn = steeringTurn(steering, this.#ports.now());
    const ids = new Set(steering.map(({ id }) => id));
    return turn && { turn, taken: this.#taking(() => queue.takeAll(ids)) };
  }

  /** `taken` takes the turn out of where it was before: a crash leaves it there or in the conversation, not in both. */
  async ask(turn: UserTurn, taken?: () => readonly StoreChange[]): Promise<void> {
    this.#ports.branch.add(turn, taken);
    this.#ports.asked(turn);
    await this.#ports.answering.answer(turn);
  }

  /** Nothing that waits goes out any more. */
  close(): void {
    this.#isClosed = true;
  }

  #askQueued(turn: UserTurn): Promise<void> {
    return this.ask(
      withoutSteering(turn),
      this.#taking(() => this.#ports.unsent.queue.take(turn.id)),
    );
  }

  #taking(take: () => void): () => StoreChange[] {
    return () => this.#ports.unsent.changesOf(take);
  }
}
