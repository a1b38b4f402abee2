/**
 * The thread that checkpoints are kept in: a scan reads thousands of files, and the thread of the extension is that of all
 * extensions. A bundle of its own beside extension.cjs, see esbuild.mjs; `workerCheckpoints` starts it.
 */
import { workerData } from 'node:worker_threads';
import { answerCalls, tellNews } from '../storage/answerCalls.ts';
import { openOrSetAside } from '../storage/openOrSetAside.ts';
import { callsOn, type CheckpointNews } from './checkpointCalls.ts';
import { openSqliteCheckpoints, type SqliteCheckpoints } from './sqliteCheckpoints.ts';

const { path } = workerData as { path: string };
answerCalls(callsOn(open));

function open(): SqliteCheckpoints {
  const { opened, trouble } = openOrSetAside(path, openSqliteCheckpoints);
  if (trouble) tellNews({ trouble } satisfies CheckpointNews);
  return opened;
}
