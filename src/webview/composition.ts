/** What a key event tells about an input method; `keyCode` 229 is how some of them mark a key as theirs. */
interface KeyEventLike {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * Knows whether a key belongs to an input method. Every handler of Enter and Escape asks `owns` first: these keys
 * accept and cancel what is being composed, and must then neither send nor stop anything.
 */
export class CompositionGuard {
  #hasJustEnded = false;
  readonly #later: (callback: () => void) => void;

  constructor(later: (callback: () => void) => void) {
    this.#later = later;
  }

  /** On `compositionend`. Some engines report the key that ended it only afterwards, as an ordinary one. */
  ended(): void {
    this.#hasJustEnded = true;
    this.#later(() => (this.#hasJustEnded = false));
  }

  owns(event: KeyEventLike): boolean {
    return event.isComposing || event.keyCode === 229 || this.#hasJustEnded;
  }
}
