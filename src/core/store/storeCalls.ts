import type { ConversationHit } from '../../shared/storedConversations.ts';
import type { ConversationFlags, ListOptions } from '../history/history.ts';
import type { StorageTrouble } from '../storage/openOrSetAside.ts';
import type { ThreadError } from '../storage/threadCalls.ts';
import type { ConversationStore, StoreChange } from '../conversation/store.ts';

/** What the thread says without being asked. */
export type StoreNews =
  /** Before the first answer. */
  | { kind: 'opened'; isInMemory: boolean; trouble?: StorageTrouble }
  /** A list or a search could not read all. */
  | { kind: 'failed'; error: ThreadError }
  /** Another window has written into the file. */
  | { kind: 'othersWrote' }
  /** Copies beside the file that could not be read may have held what is gone for good, and are so, too. */
  | { kind: 'copiesDeleted'; names: string[] };

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
    loadTurn: (id: string) => store.loadTurn(id),
    loadBranch: (headId: string) => store.loadBranch(headId),
    loadDecisions: (conversationId: string) => store.loadDecisions(conversationId),
    sentTexts: (limit: number) => store.sentTexts(limit),
    list: (options: ListOptions) => history.list(options),
    signs: (since: number) => history.signs(since),
    has: (id: string) => history.has(id),
    rename: (id: string, title: string) => history.rename(id, title),
    mark: (id: string, flags: ConversationFlags) => history.mark(id, flags),
    remove: (id: string) => history.remove(id),
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
