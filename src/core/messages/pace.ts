/** Milliseconds of work after which others get their turn. */
const longestWorkMs = 10;

export interface PacePorts {
  /** Milliseconds on a clock that never goes back. */
  now: () => number;
  /** Resolves once everything else that waits has had its turn. */
  giveWay: () => Promise<void>;
}

const usualPorts: PacePorts = {
  now: () => performance.now(),
  giveWay: () => new Promise(resolve => setImmediate(resolve)),
};

/**
 * Work in steps that leaves the event loop to others: a body whose chunks are all there already would be read to its
 * end in one go, and Stop would wait for that.
 */
export class Pace {
  readonly #ports: PacePorts;
  #since: number;

  constructor(ports: PacePorts = usualPorts) {
    this.#ports = ports;
    this.#since = ports.now();
  }

  /** To be awaited behind every step. */
  async step(): Promise<void> {
    if (this.#ports.now() - this.#since < longestWorkMs) return;
    await this.#ports.giveWay();
    this.#since = this.#ports.now();
  }
}
