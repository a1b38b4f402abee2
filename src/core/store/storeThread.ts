/**
 * The thread that the conversations are stored in: SQLite waits for disks and for other windows, and the thread of the
 * extension is that of all extensions. A bundle of its own beside extension.cjs, see esbuild.mjs; `workerStore` starts it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openOrSetAside } from '../storage/openOrSetAside.ts';
import { inProcess } from './inProcess.ts';
import { salvageConversations } from './salvageConversations.ts';
import { openSqliteStore, type SqliteStore } from './sqliteStore.ts';
import { callsOn, type StoreCall, type StoreReply, toStoreError } from './storeCalls.ts';

const { path } = workerData as { path: string };
const calls = callsOn(inProcess(open));

parentPort?.on('message', (call: StoreCall) => void answer(call));

async function answer({ id, name, args }: StoreCall): Promise<void> {
  const call = calls[name] as (...args: unknown[]) => Promise<unknown>;
  try {
    say({ kind: 'done', id, value: await call(...args) });
  } catch (error) {
    say({ kind: 'threw', id, error: toStoreError(error) });
  }
  // Nothing is left to wait for: the thread ends by itself.
  if (name === 'close') parentPort?.close();
}

function open(): SqliteStore {
  const { opened, trouble } = openOrSetAside(
    path,
    file => openSqliteStore(file, error => say({ kind: 'failed', error: toStoreError(error) })),
    salvageConversations,
  );
  say({ kind: 'opened', isInMemory: opened.isInMemory, ...(trouble && { trouble }) });
  return opened;
}

function say(reply: StoreReply): void {
  parentPort?.postMessage(reply);
}
