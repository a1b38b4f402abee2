import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { irregular } from '../../../harness/endpoint/random.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import { openWindow } from '../../support/bareWindow.ts';
import { bundledScript } from '../../support/bundledScript.ts';
import { ConfirmedState, checkSettled } from '../../support/confirmedState.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';
import { unevenAnswer } from '../../support/unevenAnswer.ts';
import { parseReports, type WindowReport } from '../../support/windowReport.ts';

const id = 'a conversation';
const conversations = 5;
/** Windows that write in one conversation, one after the other. */
const endsOfOne = Number(process.env['MARGINALIA_KILLS'] ?? 10);
/** Milliseconds after which a window is ended. */
const longestLife = 1_600;

const promise =
  'A window that is killed at any moment has lost nothing that was stored, and half a second of its answer';

// Side by side: the windows mostly wait.
describe(promise, { concurrency: true }, () => {
  const seed = process.env['MARGINALIA_SEED'] ?? String(Date.now() % 1e6);
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-killed-'));
  let script = '';
  before(async () => (script = await bundledScript('test/support/dyingWindow.ts', folder)));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (let number = 0; number < conversations; number++) {
    test(`${endsOfOne} times in conversation ${number}`, t =>
      endAgainAndAgain(t, script, join(folder, `${number}.sqlite`), `${seed}-${number}`));
  }
});

async function endAgainAndAgain(t: TestContext, script: string, path: string, seed: string): Promise<void> {
  const random = irregular(seed);
  const server = await startScriptedServer(unevenAnswer(random, { longest: 44, stalls: 0.4 }));
  t.after(() => server.close());
  const confirmed = new ConfirmedState();
  const begin = (round: number): DyingWindow => startWindow(script, [path, server.origin, id, `${seed}-${round}`]);
  let next = begin(0);
  t.after(() => next.process.kill('SIGKILL'));
  for (let round = 0; round < endsOfOne; round++) {
    const current = next;
    const lifeMs = 20 + random() * longestLife;
    // The next one loads its code meanwhile.
    if (round + 1 < endsOfOne) next = begin(round + 1);
    const reports = await lifeOf(current, lifeMs);
    try {
      check(path, reports, confirmed, server.origin);
    } catch (error) {
      const where = `MARGINALIA_SEED, number of the conversation: ${seed}, window ${round}, ended after ${Math.round(lifeMs)} ms`;
      throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}

interface DyingWindow {
  process: ChildProcess;
  /** What it has said, once it has ended. */
  said: Promise<{ output: string; errors: string }>;
}

function startWindow(script: string, parameters: string[]): DyingWindow {
  const process_ = spawn(process.execPath, [script, ...parameters], { stdio: 'pipe' });
  let output = '';
  let errors = '';
  process_.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  process_.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return { process: process_, said: once(process_, 'close').then(() => ({ output, errors })) };
}

/** Begins the window's work and ends it so many milliseconds after its first word. */
async function lifeOf({ process: window, said }: DyingWindow, lifeMs: number): Promise<WindowReport[]> {
  const first = window.stdout && once(window.stdout, 'data');
  window.stdin?.write('go\n');
  await Promise.race([first, said]);
  await sleep(lifeMs);
  window.kill('SIGKILL');
  const { output, errors } = await said;
  assert.equal(window.signalCode, 'SIGKILL', `the window ended by itself:\n${errors}`);
  return parseReports(output);
}

/** Opens the file as the next window does. */
function check(path: string, reports: WindowReport[], confirmed: ConfirmedState, origin: string): void {
  const database = new DatabaseSync(path);
  assert.equal(database.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
  database.close();
  const store = openSqliteStore(path);
  const stored = store.load(id);
  if (stored) confirmed.check(reports, stored, store.loadTurns(id));
  else assert.ok(!reports.some(({ kind }) => kind === 'asked'), 'the conversation is there');
  store.close();
  const window = openWindow(path, origin);
  checkSettled(window.open(id).conversation.turns);
  window.store.close();
}
