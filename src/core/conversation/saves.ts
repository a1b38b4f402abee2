import { isPassing, reasonOf, type SaveFailure } from '../storage/sqliteErrors.ts';
import type { ConversationStore } from './store.ts';

export type Save = (store: ConversationStore) => Promise<void>;

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
  /** All was saved, and now there is something that is not. */
  saving: () => void;
  /** All that was to be saved is. */
  saved: () => void;
}

/** Milliseconds until saving is tried again where nothing else is saved meanwhile. */
const retryMs = 5_000;

/**
 * The saves of a conversation, one after the other in their order. One that fails waits here, with all that came after it
 * where the reason may pass, such as a full disk; else without those that can be saved. It is tried again: before the next
 * one, and after some seconds. A turn that was never stored would take those after it with it.
 */
export class Saves {
  readonly #ports: SavesPorts;
  /** What is not known to be saved, the one that is under way included. */
  readonly #waiting: Waiting[] = [];
  #underWay: Waiting | undefined;
  #saving: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reason: SaveFailure | undefined;

  constructor(ports: SavesPorts) {
    this.#ports = ports;
  }

  /** Why what waits is not saved; undefined where all is, or will be in a moment. */
  get reason(): SaveFailure | undefined {
    return this.#reason;
  }

  get areDone(): boolean {
    return this.#waiting.length === 0;
  }

  /**
   * Saves. One that waits and has the same `key` goes: it would only be overwritten. Nothing takes its place, since what is
   * saved now may build on what was added after it.
   */
  add(save: Save, key?: string): void {
    // The one that is under way holds what was there when it began.
    const at = this.#waiting.findIndex(one => key !== undefined && one.key === key && one !== this.#underWay);
    if (at !== -1) this.#waiting.splice(at, 1);
    this.#waiting.push({ save, key });
    if (this.#waiting.length === 1) this.#ports.saving();
    // Each attempt at a locked file keeps others from reading for as long as it waits for the lock.
    if (this.#reason !== 'locked') void this.#flush();
  }

  /** Resolves once nothing is being saved: what waits then can't be saved now. */
  async settled(): Promise<void> {
    await this.#saving;
  }

  /** Tries a last time to save what waits. */
  async close(): Promise<void> {
    await this.#saving;
    await this.#flush();
    clearTimeout(this.#timer);
  }

  #flush(): Promise<void> {
    if (this.areDone) return Promise.resolve();
    this.#saving ??= this.#saveAll();
    return this.#saving;
  }

  async #saveAll(): Promise<void> {
    clearTimeout(this.#timer);
    let reason: SaveFailure | undefined;
    // What has failed does not keep the others from being saved.
    const tried = new Set<Waiting>();
    const untried = (): Waiting | undefined => this.#waiting.find(one => !tried.has(one));
    for (let next = untried(); next; next = untried()) {
      this.#underWay = next;
      tried.add(next);
      try {
        await this.#attempt(next);
        this.#waiting.splice(this.#waiting.indexOf(next), 1);
      } catch (error) {
        this.#ports.failed(error);
        reason ??= reasonOf(error);
        if (isPassing(error)) break;
      }
    }
    this.#underWay = undefined;
    this.#saving = undefined;
    if (reason) this.#tryLater();
    if (reason !== this.#reason) {
      this.#reason = reason;
      this.#ports.waiting(reason);
    }
    if (this.areDone) this.#ports.saved();
  }

  /** What throws before it gives a promise has failed as well. */
  async #attempt({ save }: Waiting): Promise<void> {
    await save(this.#ports.store);
  }

  #tryLater(): void {
    this.#timer = setTimeout(() => void this.#flush(), retryMs);
    // Nothing keeps the process alive for this: it ends when the editor wants it to.
    this.#timer.unref();
  }
}
