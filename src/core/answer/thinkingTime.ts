/** Less than this, in milliseconds, and the block came as one piece: that tells nothing of how long the model thought. */
const leastMs = 20;

/** How long each thinking block of one answer took, from its first word, or its start where it has none, to its end. */
export class ThinkingTime {
  readonly #now: () => number;
  readonly #found: (place: number, durationMs: number) => void;
  #running: { place: number; startedAt: number; hasText: boolean } | undefined;

  /** `found` hears the time of a block at every word and once more at its end. */
  constructor(now: () => number, found: (place: number, durationMs: number) => void) {
    this.#now = now;
    this.#found = found;
  }

  started(place: number): void {
    this.#running = { place, startedAt: this.#now(), hasText: false };
  }

  grew(place: number): void {
    const running = this.#running;
    if (running?.place !== place) return;
    if (!running.hasText) running.startedAt = this.#now();
    running.hasText = true;
    this.#tell(running);
  }

  /** The place of the block that has ended now, where its time was worth telling. */
  end(): number | undefined {
    const running = this.#running;
    this.#running = undefined;
    return running && this.#tell(running) ? running.place : undefined;
  }

  /** Forgets a block that is void. */
  drop(): void {
    this.#running = undefined;
  }

  #tell({ place, startedAt }: { place: number; startedAt: number }): boolean {
    const durationMs = this.#now() - startedAt;
    if (durationMs < leastMs) return false;
    this.#found(place, durationMs);
    return true;
  }
}
