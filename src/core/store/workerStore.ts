import type { ConversationHit } from '../../shared/storedConversations.ts';
import type { KeptDecisions } from '../filter/decisions.ts';
import type { ConversationHistory } from '../history/history.ts';
import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import { CallsOnThread } from '../storage/callsOnThread.ts';
import { fromThreadError } from '../storage/threadCalls.ts';
import type { StoreCalls, StoreNews } from './storeCalls.ts';
import type { AnswerTaken, ConversationStore, StoreChange, StoredConversation } from '../conversation/store.ts';
import type { TurnRecord } from '../conversation/turns.ts';
import type { TurnNode } from '../conversation/turnTree.ts';

export interface WorkerStorePorts {
  /** The file of `storeThread`. */
  script: string;
  /** The database. */
  path: string;
  /** The file was not opened as it was. */
  troubled: (trouble: StorageTrouble) => void;
  /** A list or a search could not read all. */
  failed: (error: unknown) => void;
  /** Another window has written into the file. */
  othersWrote: () => void;
  /** Copies beside the file were deleted, by their names: they may have held what is gone for good. */
  copiesDeleted: (names: string[]) => void;
}

/**
 * Conversations in a file that a thread of its own reads and writes.
 */
export class WorkerStore implements ConversationStore {
  readonly history: ConversationHistory;
  readonly #ports: WorkerStorePorts;
  readonly #thread: CallsOnThread<StoreCalls, StoreNews>;
  #searches = 0;
  #isInMemory = false;

  constructor(ports: WorkerStorePorts) {
    this.#ports = ports;
    this.#thread = new CallsOnThread({ ...ports, told: news => this.#told(news) });
    this.history = {
      list: options => this.#thread.read('list', options),
      search: (query, limit) => this.#search(query, limit),
      signs: since => this.#thread.read('signs', since),
      has: id => this.#thread.read('has', id),
      rename: (id, title) => this.#thread.call('rename', id, title),
      mark: (id, flags) => this.#thread.call('mark', id, flags),
      remove: id => this.#thread.call('remove', id),
      catchUp: () => this.#thread.read('catchUp'),
    };
  }

  get isInMemory(): boolean {
    return this.#isInMemory;
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    return this.#thread.call('write', changes);
  }

  load(id: string): Promise<StoredConversation | undefined> {
    return this.#thread.read('load', id);
  }

  loadTree(conversationId: string): Promise<TurnNode[]> {
    return this.#thread.read('loadTree', conversationId);
  }

  loadTurns(conversationId: string): Promise<TurnRecord[]> {
    return this.#thread.read('loadTurns', conversationId);
  }

  loadTaken(conversationId: string): Promise<AnswerTaken[]> {
    return this.#thread.read('loadTaken', conversationId);
  }

  loadTurn(id: string): Promise<TurnRecord | undefined> {
    return this.#thread.read('loadTurn', id);
  }

  loadBranch(headId: string): Promise<TurnRecord[]> {
    return this.#thread.read('loadBranch', headId);
  }

  loadDecisions(conversationId: string): Promise<KeptDecisions> {
    return this.#thread.read('loadDecisions', conversationId);
  }

  sentTexts(limit: number): Promise<string[]> {
    return this.#thread.read('sentTexts', limit);
  }

  close(): Promise<void> {
    return this.#thread.close('close');
  }

  async *#search(query: string, limit: number): AsyncGenerator<ConversationHit[], void> {
    const searchId = ++this.#searches;
    try {
      await this.#thread.call('search', searchId, query, limit);
      for (;;) {
        const hits = await this.#thread.call('findMore', searchId);
        if (!hits) return;
        yield hits;
      }
    } catch (error) {
      this.#ports.failed(error);
    } finally {
      // Where that fails, the thread has ended, and the search with it.
      await this.#thread.call('endSearch', searchId).catch(() => undefined);
    }
  }

  #told(news: StoreNews): void {
    switch (news.kind) {
      case 'failed':
        this.#ports.failed(fromThreadError(news.error));
        return;
      case 'othersWrote':
        this.#ports.othersWrote();
        return;
      case 'copiesDeleted':
        this.#ports.copiesDeleted(news.names);
        return;
      case 'opened':
        this.#isInMemory = news.isInMemory;
        if (news.trouble) this.#ports.troubled(news.trouble);
    }
  }
}
