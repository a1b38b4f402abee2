import { effect, type Signal } from '@preact/signals';
import type { MentionItem } from '../../shared/mention.ts';
import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';

type Answer = { requestId: number; items: MentionItem[] } | undefined;

let lastRequestId = 0;

/** Asks the host, one question at a time: a later one ends the wait for an earlier, which is then answered with nothing. */
export class MentionRequests {
  readonly #post: (message: ViewMessage) => void;
  #waiting: { requestId: number; resolve: (items: MentionItem[]) => void } | undefined;

  constructor(post: (message: ViewMessage) => void, answers: Signal<Answer>) {
    this.#post = post;
    effect(() => {
      const answer = answers.value;
      if (answer && answer.requestId === this.#waiting?.requestId) this.#settle(answer.items);
    });
  }

  /** `message` makes the question, under the number that its answer will have. */
  ask(message: (requestId: number) => ViewMessage): Promise<MentionItem[]> {
    this.#settle([]);
    const requestId = ++lastRequestId;
    return new Promise(resolve => {
      this.#waiting = { requestId, resolve };
      this.#post(message(requestId));
    });
  }

  #settle(items: MentionItem[]): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(items);
  }
}
