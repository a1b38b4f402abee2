import type { ConversationFlags, ConversationHit } from '../history/history.ts';
import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import type { ConversationStore, StoreChange } from '../chat/store.ts';

/** What is asked of the store in its thread. */
export interface StoreCall {
  id: number;
  name: keyof StoreCalls;
  args: unknown[];
}

/** What it says: the answer to a call, or something that nobody has asked for. */
export type StoreReply =
  | { kind: 'done'; id: number; value: unknown }
  | { kind: 'threw'; id: number; error: StoreError }
  /** Before the first answer. */
  | { kind: 'opened'; isInMemory: boolean; trouble?: StorageTrouble }
  /** A list or a search could not read all. */
  | { kind: 'failed'; error: StoreError };

/** An error that passes from one thread to another: copied as it is, it would lose SQLite's code. */
export interface StoreError {
  message: string;
  errcode?: number;
}

export type StoreCalls = ReturnType<typeof callsOn>;

/** The calls of the port with what can pass from one thread to another; a search goes on step by step. */
export function callsOn(store: ConversationStore) {
  const { history } = store;
  const searches = new Map<number, AsyncIterator<ConversationHit[], unknown>>();
  return {
    write: (changes: readonly StoreChange[]) => store.write(changes),
    load: (id: string) => store.load(id),
    loadTree: (conversationId: string) => store.loadTree(conversationId),
    loadTurns: (conversationId: string) => store.loadTurns(conversationId),
    loadTaken: (conversationId: string) => store.loadTaken(conversationId),
    loadBranch: (headId: string) => store.loadBranch(headId),
    sentTexts: (limit: number) => store.sentTexts(limit),
    list: (options: { archived: boolean; limit: number }) => history.list(options),
    has: (id: string) => history.has(id),
    rename: (id: string, title: string) => history.rename(id, title),
    mark: (id: string, flags: ConversationFlags) => history.mark(id, flags),
    catchUp: () => history.catchUp(),
    search: (searchId: number, query: string, limit: number): Promise<void> => {
      searches.set(searchId, history.search(query, limit)[Symbol.asyncIterator]());
      return Promise.resolve();
    },
    /** What is found so far; undefined once all was given. */
    findMore: async (searchId: number): Promise<ConversationHit[] | undefined> => {
      const step = await searches.get(searchId)?.next();
      return step?.done === false ? step.value : undefined;
    },
    endSearch: async (searchId: number): Promise<void> => {
      await searches.get(searchId)?.return?.();
      searches.delete(searchId);
    },
    close: () => store.close(),
  };
}

export function toStoreError(error: unknown): StoreError {
  const message = error instanceof Error ? error.message : String(error);
  const hasCode = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return { message, ...(hasCode && { errcode: error.errcode as number }) };
}

export function fromStoreError({ message, errcode }: StoreError): Error {
  return Object.assign(new Error(message), errcode !== undefined && { errcode });
}
