import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../shared/messageOf.ts';
import type { ConversationHistory, ConversationHit } from '../history/history.ts';
import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import { interrupted, isInterrupted } from '../storage/sqliteErrors.ts';
import { fromStoreError, type StoreCall, type StoreCalls, type StoreReply } from './storeCalls.ts';
import type { AnswerTaken, ConversationStore, StoreChange, StoredConversation } from '../chat/store.ts';
import type { TurnRecord } from '../chat/turns.ts';
import type { TurnNode } from '../chat/turnTree.ts';

export interface WorkerStorePorts {
  /** The file of `storeThread`. */
  script: string;
  /** The database. */
  path: string;
  /** The file was not opened as it was. */
  troubled: (trouble: StorageTrouble) => void;
  /** A list or a search could not read all. */
  failed: (error: unknown) => void;
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * Conversations in a file that a thread of its own reads and writes. It is started by the first call. When it ends by
 * itself, what was asked of it and not answered fails, in a way that passes; the next call starts another one.
 */
export class WorkerStore implements ConversationStore {
  readonly history: ConversationHistory;
  readonly #ports: WorkerStorePorts;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #calls = 0;
  #isInMemory = false;
  #isClosed = false;

  constructor(ports: WorkerStorePorts) {
    this.#ports = ports;
    this.history = {
      list: options => this.#read('list', options),
      search: (query, limit) => this.#search(query, limit),
      has: id => this.#read('has', id),
      rename: (id, title) => this.#call('rename', id, title),
      mark: (id, flags) => this.#call('mark', id, flags),
      catchUp: () => this.#read('catchUp'),
    };
  }

  get isInMemory(): boolean {
    return this.#isInMemory;
  }

  write(changes: readonly StoreChange[]): Promise<void> {
    return this.#call('write', changes);
  }

  load(id: string): Promise<StoredConversation | undefined> {
    return this.#read('load', id);
  }

  loadTree(conversationId: string): Promise<TurnNode[]> {
    return this.#read('loadTree', conversationId);
  }

  loadTurns(conversationId: string): Promise<TurnRecord[]> {
    return this.#read('loadTurns', conversationId);
  }

  loadTaken(conversationId: string): Promise<AnswerTaken[]> {
    return this.#read('loadTaken', conversationId);
  }

  loadBranch(headId: string): Promise<TurnRecord[]> {
    return this.#read('loadBranch', headId);
  }

  sentTexts(limit: number): Promise<string[]> {
    return this.#read('sentTexts', limit);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    const ended = worker && once(worker, 'exit');
    const closed = worker && this.#call('close');
    this.#isClosed = true;
    await closed;
    await ended;
  }

  async *#search(query: string, limit: number): AsyncGenerator<ConversationHit[], void> {
    const searchId = ++this.#calls;
    try {
      await this.#call('search', searchId, query, limit);
      for (;;) {
        const hits = await this.#call('findMore', searchId);
        if (!hits) return;
        yield hits;
      }
    } catch (error) {
      this.#ports.failed(error);
    } finally {
      // Where that fails, the thread has ended, and the search with it.
      await this.#call('endSearch', searchId).catch(() => undefined);
    }
  }

  /** What was asked and not answered when the thread ended is asked once more: reading changes nothing. */
  async #read<Name extends keyof StoreCalls>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<Awaited<ReturnType<StoreCalls[Name]>>> {
    try {
      return await this.#call(name, ...args);
    } catch (error) {
      if (!isInterrupted(error)) throw error;
      return this.#call(name, ...args);
    }
  }

  #call<Name extends keyof StoreCalls>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<Awaited<ReturnType<StoreCalls[Name]>>> {
    if (this.#isClosed) return Promise.reject(interrupted('The conversations are closed.'));
    const id = ++this.#calls;
    const call: StoreCall = { id, name, args };
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#start();
      // What can't be copied throws here.
      this.#worker.postMessage(call);
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject });
    });
  }

  #start(): Worker {
    const { script, path } = this.#ports;
    const worker = new Worker(script, { workerData: { path } });
    let reason = '';
    worker.on('message', (reply: StoreReply) => this.#take(reply));
    worker.on('error', (error: unknown) => (reason = messageOf(error)));
    worker.on('exit', () => this.#ended(reason));
    return worker;
  }

  #take(reply: StoreReply): void {
    switch (reply.kind) {
      case 'opened':
        this.#isInMemory = reply.isInMemory;
        if (reply.trouble) this.#ports.troubled(reply.trouble);
        return;
      case 'failed':
        this.#ports.failed(fromStoreError(reply.error));
        return;
      case 'done':
        this.#taken(reply.id)?.resolve(reply.value);
        return;
      case 'threw':
        this.#taken(reply.id)?.reject(fromStoreError(reply.error));
    }
  }

  #taken(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #ended(reason: string): void {
    this.#worker = undefined;
    const unanswered = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of unanswered) reject(interrupted(`The thread of the store has ended. ${reason}`.trim()));
  }
}
