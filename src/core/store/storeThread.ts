/**
 * The thread that the conversations are stored in: SQLite waits for disks and for other windows, and the thread of the
 * extension is that of all extensions. A bundle of its own beside extension.cjs, see esbuild.mjs; `workerStore` starts it.
 */
import { workerData } from 'node:worker_threads';
import { answerCalls, tellNews } from '../storage/answerCalls.ts';
import { openOrSetAside } from '../storage/openOrSetAside.ts';
import { toThreadError } from '../storage/threadCalls.ts';
import { inProcess } from './inProcess.ts';
import { salvageConversations } from './salvageConversations.ts';
import { openSqliteStore, type SqliteStore } from './sqliteStore.ts';
import { callsOn, type StoreNews } from './storeCalls.ts';

const { path } = workerData as { path: string };
const tell = (news: StoreNews): void => tellNews(news);
answerCalls(callsOn(inProcess(open)));

function open(): SqliteStore {
  const { opened, trouble } = openOrSetAside(
    path,
    file =>
      openSqliteStore(
        file,
        error => tell({ kind: 'failed', error: toThreadError(error) }),
        names => tell({ kind: 'copiesDeleted', names }),
      ),
    salvageConversations,
  );
  opened.watchOthers(() => tell({ kind: 'othersWrote' }));
  tell({ kind: 'opened', isInMemory: opened.isInMemory, ...(trouble && { trouble }) });
  return opened;
}
