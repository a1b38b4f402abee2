/**
 * The thread that usage is recorded in: SQLite waits for disks and for other windows, and the thread of the extension is
 * that of all extensions. A bundle of its own beside extension.cjs, see esbuild.mjs; `workerLedger` starts it.
 */
import { workerData } from 'node:worker_threads';
import { answerCalls, tellNews } from '../storage/answerCalls.ts';
import { openOrSetAside } from '../storage/openOrSetAside.ts';
import { callsOn, type LedgerNews } from './ledgerCalls.ts';
import { openSqliteLedger, type SqliteLedger } from './sqliteLedger.ts';

const { path } = workerData as { path: string };
answerCalls(callsOn(open));

function open(): SqliteLedger {
  const { opened, trouble } = openOrSetAside(path, openSqliteLedger);
  if (trouble) tellNews({ trouble } satisfies LedgerNews);
  return opened;
}
