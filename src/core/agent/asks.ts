import type { CallWord } from '../../shared/ranCalls.ts';
import { untilAborted } from './untilAborted.ts';

/** Asks the user of calls, one at a time, so that a key answers the one that is seen. */
export class Asks {
  #before: Promise<unknown> = Promise.resolve();
  #open: { index: number; decide: (word: CallWord) => void } | undefined;

  /** `shown` is called when it is this call's turn. Rejects where the signal says so first. */
  async ask(index: number, shown: () => void, signal: AbortSignal): Promise<CallWord> {
    const before = this.#before;
    const over = Promise.withResolvers<undefined>();
    this.#before = over.promise;
    try {
      await untilAborted(before, signal);
      const decided = Promise.withResolvers<CallWord>();
      this.#open = { index, decide: decided.resolve };
      shown();
      return await untilAborted(decided.promise, signal);
    } finally {
      this.#open = undefined;
      over.resolve(undefined);
    }
  }

  /** The user's word on the call that is asked about; of any other it counts for nothing. */
  decide(index: number, word: CallWord): void {
    if (this.#open?.index === index) this.#open.decide(word);
  }
}
