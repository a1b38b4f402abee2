import { globSync } from 'node:fs';
import { join } from 'node:path';
import type Mocha from 'mocha';
import { version } from 'vscode';

/** The editor's own output comes through the same console; this tells ours from it. */
const ours = '[suite]';

/** Runs every suite inside the extension host. Resolves when all have passed, rejects otherwise. */
export async function run(): Promise<void> {
  say(`In VS Code ${version}.`);
  // An import: what `require` gives of this module depends on the version of Node.
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({ ui: 'tdd', timeout: 30_000, reporter: Runner.reporters.Base });
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
  for (const error of stray) say(`Not caught by anybody: ${describe(error)}`);
  say(`${counts.passed} passed, ${counts.failed + stray.length} failed`);
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
        say(`✔ ${test.fullTitle()}`);
      })
      .on('fail', (test, error: Error) => {
        counts.failed++;
        say(`✖ ${test.fullTitle()}\n${describe(error)}`);
      });
  });
}

function say(text: string): void {
  for (const line of text.split('\n')) console.log(`${ours} ${line}`);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
