/** How work is put off to the next frame; returns what calls it off. */
export type RequestFrame = (callback: () => void) => () => void;

/**
 * Runs `flush` at most once a frame: at once when the frame is still unused, so that the first word of an answer shows
 * without delay, else at the next frame.
 */
export class FrameFlush {
  readonly #flush: () => void;
  readonly #requestFrame: RequestFrame;
  #cancel: (() => void) | undefined;
  #isDirty = false;

  constructor(flush: () => void, requestFrame: RequestFrame) {
    this.#flush = flush;
    this.#requestFrame = requestFrame;
  }

  schedule(): void {
    if (this.#cancel) {
      this.#isDirty = true;
      return;
    }
    this.#run();
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isDirty = false;
  }

  #run(): void {
    this.#isDirty = false;
    this.#cancel = this.#requestFrame(() => {
      this.#cancel = undefined;
      if (this.#isDirty) this.#run();
    });
    this.#flush();
  }
}
