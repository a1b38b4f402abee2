import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundles.ts';
import { runRounds, type Trial } from './measure.ts';
import { report } from './report.ts';

const handMade = ['floor', 'eventsourceParser', 'ours'];
const libraries = ['sdkRaw', 'sdkHelper', 'aiSdk'];
const readers = [...handMade, ...libraries];
const coldReaders = [...handMade, 'oursWarmed', ...libraries];
/** Certificates are read for TLS only. */
const tlsReaders = [...handMade, 'oursBundledCertificates', 'oursWarmed', ...libraries];

const trials: Trial[] = [
  { mode: 'stream', caseName: 'text', warmUps: 2, contestants: ['floorBytes', ...readers], reference: 'floor' },
  { mode: 'stream', caseName: 'escaped', warmUps: 2, contestants: handMade, reference: 'floor' },
  { mode: 'stream', caseName: 'unicode', warmUps: 2, contestants: handMade, reference: 'floor' },
  { mode: 'stream', caseName: 'tool104', contestants: readers, reference: 'eventsourceParser' },
  { mode: 'stream', caseName: 'tool416', contestants: readers, reference: 'eventsourceParser' },
  { mode: 'stream', caseName: 'line1', contestants: handMade, reference: 'eventsourceParser' },
  { mode: 'stream', caseName: 'line2', contestants: handMade, reference: 'eventsourceParser' },
  { mode: 'cold', contestants: coldReaders, reference: 'eventsourceParser' },
  { mode: 'cold', tls: true, contestants: tlsReaders, reference: 'eventsourceParser' },
  { mode: 'stop', contestants: readers, reference: 'eventsourceParser' },
];

/** Our client beside others, on loopback; prints Markdown tables on stdout and its progress on stderr. */
export async function run({ quick }: { quick: boolean }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-client-'));
  try {
    await bundle(folder, [...new Set(trials.flatMap(trial => trial.contestants))]);
    console.log(report(await runRounds(folder, trials, quick ? 1 : 5)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
