/**
 * How long, in milliseconds, the page of the view may take to start: later tries get more, as it may just be slow. A busy
 * machine needs 4 seconds after a reload, and what is built anew throws away what has loaded.
 */
const patienceMs = [10_000, 15_000, 20_000];

/** Parts of that which pass one after the other: while the host is busy, and hears no page, no more than one of them does. */
const parts = 50;

/** How long, in milliseconds, after a page has said that its script fails the next one is built: a line may come back. */
const pauseMs = 1_000;

export interface StartWatchPorts {
  /** Builds the page anew. */
  rebuild: () => void;
  /** It did not start at the last try either. */
  giveUp: () => void;
  log: (text: string) => void;
}

/**
 * Watches that the view's script says a word after its page was built. It may never run: the page's resources come over
 * a service worker and perhaps a slow line. A page that is not seen is not loaded, so time only counts while it is, and while
 * the host is not too busy to hear it.
 */
export class StartWatch {
  readonly #ports: StartWatchPorts;
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Pages that have said that they fail, since the view was shown or the user has asked. */
  #failures = 0;
  /** Runs until the page that fails is built anew: what it has said before changes nothing about that. */
  #pause: NodeJS.Timeout | undefined;

  constructor(ports: StartWatchPorts) {
    this.#ports = ports;
  }

  /** The view is seen from now on. */
  shown(): void {
    clearTimeout(this.#timer);
    const wait = patienceMs[this.#attempt];
    if (wait !== undefined) this.#wait(wait, parts);
  }

  #wait(wait: number, left: number): void {
    if (left === 0) this.#next(`The view’s script did not start within ${wait / 1000} s`);
    else this.#timer = setTimeout(() => this.#wait(wait, left - 1), wait / parts);
  }

  /** Its page is torn down with it. */
  hidden(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#pause);
    this.#failures = 0;
  }

  /** The script runs. */
  started(): void {
    if (this.#attempt > 0) this.#ports.log(`The view has started at try ${this.#attempt + 1}.`);
    clearTimeout(this.#timer);
    this.#attempt = 0;
  }

  /** The page says that its script, or a part of it, can't be loaded or run: waiting for it longer is in vain. */
  failed(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#pause);
    const before = this.#failures++;
    this.#pause = setTimeout(() => {
      // One that has started is no better for it.
      this.#attempt = Math.max(this.#attempt, before);
      this.#next('The view’s script could not be run');
    }, pauseMs);
  }

  /** The user asks for one more try. */
  retry(): void {
    clearTimeout(this.#pause);
    this.#attempt = 0;
    this.#failures = 0;
    this.#ports.rebuild();
    this.shown();
  }

  #next(reason: string): void {
    this.#attempt++;
    this.#ports.log(`${reason} (try ${this.#attempt} of ${patienceMs.length}).`);
    if (this.#attempt === patienceMs.length) this.#ports.giveUp();
    else {
      this.#ports.rebuild();
      this.shown();
    }
  }
}
