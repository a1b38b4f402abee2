/** How long, in milliseconds, the page of the view may take to start: later tries get more, as it may just be slow. */
const patienceMs = [5_000, 10_000, 20_000];

export interface StartWatchPorts {
  /** Builds the page anew. */
  rebuild: () => void;
  /** It did not start at the last try either. */
  giveUp: () => void;
  log: (text: string) => void;
}

/**
 * Watches that the view's script says a word after its page was built. It may never run: the page's resources come over
 * a service worker and perhaps a slow line. A page that is not seen is not loaded, so time only counts while it is.
 */
export class StartWatch {
  readonly #ports: StartWatchPorts;
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: StartWatchPorts) {
    this.#ports = ports;
  }

  /** The view is seen from now on. */
  shown(): void {
    clearTimeout(this.#timer);
    const wait = patienceMs[this.#attempt];
    if (wait !== undefined) this.#timer = setTimeout(() => this.#next(wait), wait);
  }

  /** Its page is torn down with it. */
  hidden(): void {
    clearTimeout(this.#timer);
  }

  /** The script runs. */
  started(): void {
    if (this.#attempt > 0) this.#ports.log(`The view has started at try ${this.#attempt + 1}.`);
    clearTimeout(this.#timer);
    this.#attempt = 0;
  }

  /** The user asks for one more try. */
  retry(): void {
    this.#attempt = 0;
    this.#ports.rebuild();
    this.shown();
  }

  #next(waited: number): void {
    this.#attempt++;
    this.#ports.log(
      `The view’s script did not start within ${waited / 1000} s (try ${this.#attempt} of ${patienceMs.length}).`,
    );
    if (this.#attempt === patienceMs.length) this.#ports.giveUp();
    else {
      this.#ports.rebuild();
      this.shown();
    }
  }
}
