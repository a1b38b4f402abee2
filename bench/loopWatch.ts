import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest work in which nothing else got its turn: processor time, which other work on the machine does not add to. */
export class LoopWatch {
  #longest = 0;
  #last = threadCpuMs();
  #isOver = false;
  readonly #watching = this.#watch();

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      await nextTurn();
      const now = threadCpuMs();
      this.#longest = Math.max(this.#longest, now - this.#last);
      this.#last = now;
    }
  }

  async end(): Promise<number> {
    this.#isOver = true;
    await this.#watching;
    return this.#longest;
  }
}

/** Milliseconds of processor time that this thread has taken. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
