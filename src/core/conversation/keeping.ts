import type { SaveFailure } from '../storage/sqliteErrors.ts';
import { type Save, Saves } from './saves.ts';
import type { ConversationParts, ConversationStore } from './store.ts';

export interface KeepingPorts {
  store: ConversationStore;
  /** A save failed; the conversation goes on in memory, and saving is tried again. */
  storeFailed: (error: unknown) => void;
  /** What can't be saved yet waits, or, without a reason, nothing does any more. */
  unsaved?: (reason: SaveFailure | undefined) => void;
  /** All that was said and typed was saved, and now there is something that is not. */
  saving?: () => void;
  /** All that was said and typed is saved. */
  saved?: () => void;
}

/** What of a conversation is in the store and what is on its way there. One that is damaged is never written to. */
export class Keeping {
  readonly #id: string;
  readonly #isDamaged: boolean;
  readonly #ports: KeepingPorts;
  readonly #saves: Saves;

  constructor({ id, isDamaged = false }: { id: string; isDamaged?: boolean }, ports: KeepingPorts) {
    this.#id = id;
    this.#isDamaged = isDamaged;
    this.#ports = ports;
    this.#saves = new Saves({
      store: ports.store,
      failed: ports.storeFailed,
      waiting: reason => ports.unsaved?.(reason),
      saving: () => ports.saving?.(),
      saved: () => ports.saved?.(),
    });
  }

  /** Why what was said or typed can't be saved yet; undefined where it is, or will be in a moment. */
  get reason(): SaveFailure | undefined {
    return this.#saves.reason;
  }

  get isDone(): boolean {
    return this.#saves.areDone;
  }

  /** See Saves.add. */
  save(work: Save, key?: string): void {
    if (!this.#isDamaged) this.#saves.add(work, key);
  }

  /** Saves parts of the conversation beside its turns. */
  set(parts: ConversationParts, key: string): void {
    this.save(store => store.write([{ type: 'set', conversationId: this.#id, parts }]), key);
  }

  /** Of what was said before, nothing is missing in what is read. */
  async read<Read>(work: (store: ConversationStore) => Promise<Read>): Promise<Read | undefined> {
    await this.#saves.settled();
    try {
      return await work(this.#ports.store);
    } catch (error) {
      this.#ports.storeFailed(error);
      return undefined;
    }
  }

  /** Resolves once nothing is being saved. */
  settled(): Promise<void> {
    return this.#saves.settled();
  }

  /** See Saves.close. */
  close(): Promise<void> {
    return this.#saves.close();
  }
}
