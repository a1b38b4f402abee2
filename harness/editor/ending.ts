/** What has to be closed when the program ends, however it ends. */
export class Ending {
  readonly #closers: (() => unknown)[] = [];
  #ending: Promise<void> | undefined;

  /** `code` is what the process ends with when it is told to end. */
  constructor(code = 0) {
    const end = (): void => void this.exit(code);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
    // npm starts us in a shell, which dies of a signal without passing it on; then nobody waits for us any more.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && end(), 500).unref();
  }

  get begun(): boolean {
    return this.#ending !== undefined;
  }

  /** The last one that was added is closed first. Whoever comes too late is closed at once. */
  add(close: () => unknown): void {
    if (this.#ending) void close();
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
