import { signal } from '@preact/signals';

/** What of a scrolling element decides where it stands. */
export interface ScrollBox {
  scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/**
 * Whether the transcript follows an answer that grows. It lets go at any sign that the reader wants to go up, even by
 * one pixel, and follows again once the reader has come back to the end.
 */
export class FollowEnd {
  readonly isFollowing = signal(true);
  readonly #box: ScrollBox;
  #lastTop: number;
  #lastHeight: number;
  #lastBoxHeight: number;
  /** While the reader holds the pointer down, perhaps selecting, nothing moves under it. */
  #isHeld = false;

  constructor(box: ScrollBox) {
    this.#box = box;
    this.#lastTop = box.scrollTop;
    this.#lastHeight = box.scrollHeight;
    this.#lastBoxHeight = box.clientHeight;
  }

  /** After the content or the box has changed its size. */
  resized(): void {
    // All of it is seen: there is no end to come back to.
    if (this.#box.scrollHeight <= this.#box.clientHeight) this.isFollowing.value = true;
    if (this.isFollowing.value && !this.#isHeld) this.#toEnd();
    else this.#remember();
  }

  /** On `scroll`, whoever caused it. */
  scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    // The browser itself moves up what has become shorter, and what is seen in a box that has become taller.
    const hasShrunk = scrollHeight < this.#lastHeight || clientHeight > this.#lastBoxHeight;
    if (scrollTop < this.#lastTop && !hasShrunk) this.isFollowing.value = false;
    else if (scrollTop > this.#lastTop && this.#isAtEnd()) this.isFollowing.value = true;
    this.#remember();
  }

  /** The reader is about to go up: the wheel, a finger, a key. */
  letGo(): void {
    if (this.#box.scrollHeight > this.#box.clientHeight) this.isFollowing.value = false;
  }

  /** The reader is about to go down. At the end nothing scrolls any more that could tell. */
  comeBack(): void {
    if (this.#isAtEnd()) this.isFollowing.value = true;
  }

  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    if (!isHeld) this.resized();
  }

  follow(): void {
    this.isFollowing.value = true;
    this.#toEnd();
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    return scrollHeight - scrollTop - clientHeight <= 2;
  }

  #toEnd(): void {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#remember();
  }

  #remember(): void {
    this.#lastTop = this.#box.scrollTop;
    this.#lastHeight = this.#box.scrollHeight;
    this.#lastBoxHeight = this.#box.clientHeight;
  }
}
