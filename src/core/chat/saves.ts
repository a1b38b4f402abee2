import { isPassing, reasonOf, type SaveFailure } from '../storage/sqliteErrors.ts';
import type { ConversationStore } from './store.ts';

export type Save = (store: ConversationStore) => void;

interface Waiting {
  save: Save;
  key: string | undefined;
}

export interface SavesPorts {
  store: ConversationStore;
  /** Hears of every attempt that fails. */
  failed: (error: unknown) => void;
  /** Something waits to be saved, for another reason than before; or, without a reason, nothing does any more. */
  waiting: (reason: SaveFailure | undefined) => void;
}

/** Milliseconds until saving is tried again where nothing else is saved meanwhile. */
const retryMs = 5_000;

/**
 * The saves of a conversation, in their order. One that fails waits here, with all that came after it where the reason
 * may pass, such as a full disk; else without those that can be saved. It is tried again: before the next one, and after
 * some seconds. A turn that was never stored would take those after it with it.
 */
export class Saves {
  readonly #ports: SavesPorts;
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #reason: SaveFailure | undefined;

  constructor(ports: SavesPorts) {
    this.#ports = ports;
  }

  /** Why what waits is not saved; undefined where all is. */
  get reason(): SaveFailure | undefined {
    return this.#reason;
  }

  /** Saves. One that waits and has the same `key` is replaced: it would only be overwritten. */
  add(save: Save, key?: string): void {
    const waiting = key === undefined ? undefined : this.#waiting.find(one => one.key === key);
    if (waiting) waiting.save = save;
    else this.#waiting.push({ save, key });
    // Each attempt at a locked file stops everything for as long as it waits for the lock.
    if (this.#reason !== 'locked') this.#flush();
  }

  /** Tries a last time to save what waits. */
  close(): void {
    if (this.#waiting.length > 0) this.#flush();
    clearTimeout(this.#timer);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    const failed: Waiting[] = [];
    let reason: SaveFailure | undefined;
    while (this.#waiting[0]) {
      try {
        this.#waiting[0].save(this.#ports.store);
        this.#waiting.shift();
      } catch (error) {
        this.#ports.failed(error);
        reason ??= reasonOf(error);
        if (isPassing(error)) break;
        failed.push(...this.#waiting.splice(0, 1));
      }
    }
    this.#waiting.unshift(...failed);
    if (reason) this.#tryLater();
    if (reason === this.#reason) return;
    this.#reason = reason;
    this.#ports.waiting(reason);
  }

  #tryLater(): void {
    this.#timer = setTimeout(() => this.#flush(), retryMs);
    // Nothing keeps the process alive for this: it ends when the editor wants it to.
    this.#timer.unref();
  }
}
