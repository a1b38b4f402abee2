import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, resultsFolder } from '../../harness/editor/project.ts';
import { type Outcome, outcomeVariable } from './browserReporter.ts';

/**
 * Runs the tests of `test/<folder>`, a few at a time. Those that fail run once more, alone: one that passes then is
 * unsteady, which is said at the end, and its traces stay in `test-results/<folder>`. `args` go to the runner: a part of a
 * file's name, or `-g` with a part of a test's.
 */
export async function runInBrowser(folder: string, args: string[]): Promise<void> {
  await rm(join(resultsFolder, folder), { recursive: true, force: true });
  const first = await run(folder, args);
  const failedAlone = new Set<string>();
  if (first.failed.length > 0) {
    console.log(`\n== Once more, alone: ${first.failed.length}`);
    const second = await run(folder, ['--last-failed', '--workers=1']);
    for (const name of [...second.failed.map(({ name }) => name), ...second.errors]) failedAlone.add(name);
    for (const { name } of first.failed) if (!second.passed.includes(name)) failedAlone.add(name);
  }
  const unsteady = first.failed.filter(({ name }) => !failedAlone.has(name));
  const failed = failedAlone.size + first.errors.length;
  console.log(`\n${first.passed.length + unsteady.length} passed, ${failed} failed`);
  // With the reason: of a run that is green as a whole, these lines are what outlives its folder.
  if (unsteady.length > 0) {
    console.log(`${unsteady.length} unsteady: ${unsteady.map(({ name, reason }) => `${name} [${reason}]`).join('; ')}`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

async function run(folder: string, args: string[]): Promise<Outcome> {
  const file = join(resultsFolder, folder, 'outcome.json');
  await rm(file, { force: true });
  const runner = join(projectRoot, 'node_modules/@playwright/test/cli.js');
  const config = join(projectRoot, 'test', folder, 'playwright.config.ts');
  const child = spawn(process.execPath, [runner, 'test', '--config', config, ...args], {
    stdio: 'inherit',
    env: { ...process.env, [outcomeVariable]: file },
  });
  await new Promise(resolve => child.once('close', resolve));
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Outcome;
  } catch {
    return { passed: [], failed: [], errors: ['The runner ended without an outcome.'] };
  }
}
