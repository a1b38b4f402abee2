import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

export interface BuiltThread {
  /** For files of the tests, gone with them. */
  folder: string;
  script: string;
  /** Those that were started, the last one at the end. */
  threads: Worker[];
}

/** Builds what runs in a thread, as the product ships it, before the tests of the file; `source` is its file in `src/core`. */
export function builtThread(source: string): BuiltThread {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-thread-'));
  const script = join(folder, 'thread.cjs');
  before(() =>
    build({
      entryPoints: [fileURLToPath(new URL(`../../src/core/${source}`, import.meta.url))],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'warning',
    }),
  );
  after(() => rmSync(folder, { recursive: true }));
  const threads: Worker[] = [];
  process.on('worker', thread => threads.push(thread));
  return { folder, script, threads };
}
