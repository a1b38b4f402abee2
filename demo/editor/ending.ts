/** What has to be closed when the program ends, however it ends. */
export class Ending {
  readonly #closers: (() => unknown)[] = [];
  #ending: Promise<void> | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.exit(0));
  }

  get begun(): boolean {
    return this.#ending !== undefined;
  }

  /** The last one that was added is closed first. Whoever comes too late is closed at once. */
  async add(close: () => unknown): Promise<void> {
    if (this.#ending) await close();
    else this.#closers.push(close);
  }

  /** Closes everything, also where one of them fails, and ends the process. */
  exit(code: number): Promise<void> {
    this.#ending ??= this.#closeAll().then(() => process.exit(code));
    return this.#ending;
  }

  async #closeAll(): Promise<void> {
    for (const close of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        console.error(error);
      }
    }
  }
}
