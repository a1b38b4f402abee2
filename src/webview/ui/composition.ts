/** What a key event tells about an input method; `keyCode` 229 is how some of them mark a key as theirs. */
interface KeyEventLike {
  readonly isComposing: boolean;
  readonly keyCode: number;
  /** Milliseconds on the page's clock when the key was pressed. */
  readonly timeStamp: number;
}

/**
 * Knows whether a key belongs to an input method. Every handler of Enter and Escape asks `owns` first: these keys
 * accept and cancel what is being composed, and must then neither send nor stop anything.
 */
export class CompositionGuard {
  #endedAt = -Infinity;

  /**
   * On `compositionend`. Some engines report the key that ended it only afterwards, as an ordinary one; it was pressed
   * before. Told by its time and not by a timer: a busy page runs timers late, and the next key would be lost.
   */
  ended(event: { readonly timeStamp: number }): void {
    this.#endedAt = event.timeStamp;
  }

  owns(event: KeyEventLike): boolean {
    return event.isComposing || event.keyCode === 229 || event.timeStamp <= this.#endedAt;
  }
}
