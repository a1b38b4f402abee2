import type { NamedMessage, ViewMessage } from '../shared/protocol/viewMessage.ts';
import type { Timer } from './composer/draft.ts';

/** Milliseconds after the last key before the host is told. */
const pauseMs = 200;

/**
 * Tells the host what is typed beside the message once the keys pause. The view may be torn down at any moment, and
 * whatever else it says must find the host in the know: before both, what waits is told at once.
 */
export class Telling {
  readonly #post: (message: NamedMessage) => void;
  readonly #name: (message: ViewMessage) => NamedMessage;
  readonly #timer: Timer;
  readonly #waiting = new Map<string, NamedMessage>();

  /** `name` says which conversation is shown: while a message waits, another one may come to be. */
  constructor(post: (message: NamedMessage) => void, name: (message: ViewMessage) => NamedMessage, timer: Timer) {
    this.#post = post;
    this.#name = name;
    this.#timer = timer;
  }

  /** Of messages with the same key the last is told. */
  later(key: string, message: ViewMessage): void {
    this.#waiting.delete(key);
    this.#waiting.set(key, this.#name(message));
    this.#timer.start(() => this.flush(), pauseMs);
  }

  waits(key: string): boolean {
    return this.#waiting.has(key);
  }

  flush(): void {
    if (this.#waiting.size === 0) return;
    this.#timer.stop();
    const messages = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const message of messages) this.#post(message);
  }
}
