/** Milliseconds after which what was prepared may be another one: a diff, say, changes by itself. */
const freshMs = 2_000;

interface Prepared<Result> {
  message: string;
  result: Promise<Result>;
  /** When it was there; undefined while it is on its way. */
  doneAt: number | undefined;
}

/**
 * Prepares what a message would send once for all who show something of it: its words, the request, and what that takes.
 * Until what it is made of may have changed, which whoever hears of that says by `forget`.
 */
export class PreparedOnce<Result> {
  readonly #prepare: (message: string) => Promise<Result>;
  readonly #now: () => number;
  #last: Prepared<Result> | undefined;

  constructor(prepare: (message: string) => Promise<Result>, now: () => number = Date.now) {
    this.#prepare = prepare;
    this.#now = now;
  }

  async get(message: string): Promise<Result> {
    const last = this.#last;
    if (last?.message === message && (last.doneAt === undefined || this.#now() - last.doneAt < freshMs)) {
      return last.result;
    }
    const prepared: Prepared<Result> = { message, result: this.#prepare(message), doneAt: undefined };
    this.#last = prepared;
    try {
      return await prepared.result;
    } catch (error) {
      if (this.#last === prepared) this.forget();
      throw error;
    } finally {
      prepared.doneAt = this.#now();
    }
  }

  forget(): void {
    this.#last = undefined;
  }
}
