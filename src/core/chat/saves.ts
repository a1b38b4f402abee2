import { isPassing } from '../storage/sqliteErrors.ts';
import type { ConversationStore } from './store.ts';

export type Save = (store: ConversationStore) => void;

/** Milliseconds until saving is tried again where nothing else is saved meanwhile. */
const retryMs = 5_000;

/**
 * The saves of a conversation, in their order. While the disk is full, or the file can't be written for another reason
 * that may pass, they wait here and are tried again: before the next one, and after some seconds. A turn that was never
 * stored would take those after it with it.
 */
export class Saves {
  readonly #store: ConversationStore;
  readonly #failed: (error: unknown) => void;
  readonly #waiting: { save: Save; key: string | undefined }[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `failed` hears of every attempt that fails. */
  constructor(store: ConversationStore, failed: (error: unknown) => void) {
    this.#store = store;
    this.#failed = failed;
  }

  /** Saves. One that waits and has the same `key` is replaced: it would only be overwritten. */
  add(save: Save, key?: string): void {
    const waiting = key === undefined ? undefined : this.#waiting.find(one => one.key === key);
    if (waiting) waiting.save = save;
    else this.#waiting.push({ save, key });
    this.#flush();
  }

  /** Tries a last time to save what waits. */
  close(): void {
    this.#flush();
    clearTimeout(this.#timer);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      try {
        first.save(this.#store);
      } catch (error) {
        this.#failed(error);
        if (isPassing(error)) return this.#tryLater();
      }
      this.#waiting.shift();
    }
  }

  #tryLater(): void {
    this.#timer = setTimeout(() => this.#flush(), retryMs);
    // Nothing keeps the process alive for this: it ends when the editor wants it to.
    this.#timer.unref();
  }
}
