import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SqliteStore } from './sqliteStore.ts';
import type { ConversationStore } from '../conversation/store.ts';

/**
 * A store behind its port, opened at the first call. Each call is done at once, in the thread that makes it. One that
 * can't be opened is opened anew by the next call.
 */
export function inProcess(open: () => SqliteStore): ConversationStore {
  let opened: SqliteStore | undefined;
  const on = <Result>(work: (store: SqliteStore) => Result): Promise<Result> =>
    new Promise(resolve => resolve(work((opened ??= open()))));
  return {
    get isInMemory() {
      return opened?.isInMemory ?? false;
    },
    history: {
      list: options => on(({ history }) => history.list(options)),
      async *search(query, limit) {
        for (const hits of await on(({ history }) => history.search(query, limit))) {
          yield hits;
          await nextTurn();
        }
      },
      signs: since => on(({ history }) => history.signs(since)),
      has: id => on(({ history }) => history.has(id)),
      rename: (id, title) => on(({ history }) => history.rename(id, title)),
      mark: (id, flags) => on(({ history }) => history.mark(id, flags)),
      remove: id => on(({ history }) => history.remove(id)),
      catchUp: async () => {
        await nextTurn();
        return on(({ history }) => history.catchUp());
      },
    },
    write: changes => on(store => store.write(changes)),
    load: id => on(store => store.load(id)),
    loadTree: id => on(store => store.loadTree(id)),
    loadTurns: id => on(store => store.loadTurns(id)),
    loadTaken: id => on(store => store.loadTaken(id)),
    loadTurn: id => on(store => store.loadTurn(id)),
    loadBranch: headId => on(store => store.loadBranch(headId)),
    loadDecisions: conversationId => on(store => store.loadDecisions(conversationId)),
    sentTexts: limit => on(store => store.sentTexts(limit)),
    close: () => new Promise(resolve => resolve(opened?.close())),
  };
}
