import type { ConversationHistory } from '../history/history.ts';
import { goesOn, longestSilenceMs, type OwnWindow, signMs } from '../conversation/runSign.ts';

export interface RunsElsewherePorts {
  history: Pick<ConversationHistory, 'signs'>;
  window: OwnWindow;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Others are answered elsewhere than before. */
  changed: () => void;
}

/** Which conversations are being answered in other windows, as far as these have said so. */
export class RunsElsewhere {
  readonly #ports: RunsElsewherePorts;
  #ids: readonly string[] = [];
  #isWatched = false;
  /** `again`: something was written meanwhile. */
  #state: 'idle' | 'looking' | 'again' = 'idle';
  #looking: NodeJS.Timeout | undefined;

  constructor(ports: RunsElsewherePorts) {
    this.#ports = ports;
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  watch(isOn: boolean): void {
    this.#isWatched = isOn;
    clearTimeout(this.#looking);
  }

  /** Something was written. Never rejects: a store that can't be read says so elsewhere. */
  async look(): Promise<void> {
    if (!this.#isWatched) return;
    if (this.#state !== 'idle') {
      this.#state = 'again';
      return;
    }
    do {
      this.#state = 'looking';
      await this.#read();
    } while (this.#isReadAgain());
    this.#state = 'idle';
    this.#lookAgain();
  }

  #isReadAgain(): boolean {
    return this.#state === 'again' && this.#isWatched;
  }

  async #read(): Promise<void> {
    const { history, window, now, changed } = this.#ports;
    const signs = await history.signs(now() - longestSilenceMs).catch(() => []);
    const running = signs.filter(sign => goesOn(sign, window, now())).map(({ id }) => id);
    const ids = [...new Set(running)].toSorted();
    const isChanged = ids.join() !== this.#ids.join();
    this.#ids = ids;
    if (isChanged && this.#isWatched) changed();
  }

  /** A window that ends in the middle of an answer says no more. */
  #lookAgain(): void {
    clearTimeout(this.#looking);
    if (!this.#isWatched || this.#ids.length === 0) return;
    this.#looking = setTimeout(() => void this.look(), signMs);
    this.#looking.unref();
  }
}
