import { globSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Runs every suite inside the extension host. Resolves when all have passed, rejects otherwise. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: Mocha.reporters.Base });
  for (const file of globSync(join(__dirname, 'suites/*.test.cjs'))) mocha.addFile(file);
  // The extension host survives what nobody has caught; a test run must not.
  const stray: unknown[] = [];
  const note = (error: unknown): void => void stray.push(error);
  // One by one: in the extension host `process.on` gives nothing back.
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  const counts = await runAll(mocha);
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
  for (const error of stray) console.error('Not caught by anybody:', error);
  console.log(`${counts.passed} passed, ${counts.failed + stray.length} failed`);
  if (counts.failed + stray.length > 0) throw new Error('The suite has failed.');
  if (counts.passed === 0) throw new Error('No test has run.');
}

function runAll(mocha: Mocha): Promise<{ passed: number; failed: number }> {
  const counts = { passed: 0, failed: 0 };
  return new Promise(resolve => {
    mocha
      .run(() => resolve(counts))
      .on('pass', test => {
        counts.passed++;
        console.log(`✔ ${test.fullTitle()}`);
      })
      .on('fail', (test, error: Error) => {
        counts.failed++;
        console.error(`✖ ${test.fullTitle()}\n${error.stack ?? error.message}`);
      });
  });
}
