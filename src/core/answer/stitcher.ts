/** Characters at the end of the earlier text in which a repetition is looked for. */
const windowLength = 1_000;

/**
 * Joins the continuation of an answer to what is there, so that nothing is repeated and nothing is lost. Pieces that may
 * still turn out to repeat the end of the earlier text are held back until that is decided.
 *
 * White space at the seam: the request carried the earlier text without the white space at its end, so the continuation
 * may bring it again.
 */
export class Stitcher {
  readonly #base: string;
  readonly #spaceAtEnd: string;
  readonly #leastOverlap: number;
  #held = '';
  #isDecided = false;

  /** `leastOverlap`: characters that have to be the same to count as repeated and not as written once more on purpose. */
  constructor(base: string, leastOverlap: number) {
    this.#base = base.trimEnd();
    this.#spaceAtEnd = base.slice(this.#base.length);
    this.#leastOverlap = leastOverlap;
  }

  /** What this piece adds; empty while it is held back. */
  add(piece: string): string {
    if (this.#isDecided) return piece;
    this.#held += piece;
    return this.#mayStillRepeat() ? '' : this.#decide();
  }

  /** What was held back, once no more comes. */
  finish(): string {
    return this.#isDecided || this.#held === '' ? '' : this.#decide();
  }

  #decide(): string {
    this.#isDecided = true;
    const held = this.#held;
    this.#held = '';
    const start = held.trimStart();
    const overlap = this.#overlaps().find(tail => start.startsWith(tail));
    const rest = overlap === undefined ? held : start.slice(overlap.length);
    return this.#withoutSpaceTwice(rest);
  }

  #mayStillRepeat(): boolean {
    const start = this.#held.trimStart();
    if (start === '') return true;
    return this.#overlaps().some(tail => tail.length > start.length && tail.startsWith(start));
  }

  /** Ends of the earlier text that the continuation may begin with, the longest first; the whole of it too. */
  *#tails(): Generator<string> {
    if (this.#base.length > windowLength) yield this.#base;
    const window = this.#base.slice(-windowLength);
    for (let at = 0; at <= window.length - this.#leastOverlap; at++) yield window.slice(at);
  }

  #overlaps(): string[] {
    return [...this.#tails()].map(tail => tail.trimStart()).filter(tail => tail.length >= this.#leastOverlap);
  }

  #withoutSpaceTwice(rest: string): string {
    if (this.#spaceAtEnd === '') return rest;
    const text = rest.trimStart();
    const space = rest.slice(0, rest.length - text.length);
    return (space.startsWith(this.#spaceAtEnd) ? space.slice(this.#spaceAtEnd.length) : '') + text;
  }
}
