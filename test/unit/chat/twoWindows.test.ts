import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { irregular } from '../../../harness/endpoint/random.ts';
import { openSqliteStore } from '../../../src/core/store/sqliteStore.ts';
import type { TurnRecord } from '../../../src/core/conversation/turns.ts';
import { bundledScript } from '../../support/bundledScript.ts';
import { imageOf } from '../../support/imageOf.ts';
import { startScriptedServer } from '../../support/scriptedServer.ts';
import { unevenAnswer } from '../../support/unevenAnswer.ts';

const names = ['Anna', 'Bert'];

test('two windows that write at once wait for each other, and neither loses or changes what the other has', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'marginalia-windows-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startScriptedServer(unevenAnswer(irregular('windows'), { longest: 12, stalls: 0 }));
  t.after(() => server.close());

  const script = await bundledScript('test/support/busyWindow.ts', folder);
  const windows = names.map(name => startWindow(script, [folder, server.origin, name]));
  t.after(() => windows.forEach(({ end }) => end()));
  await Promise.all(windows.map(window => window.line()));
  // Time for both to read it.
  const startAt = Date.now() + 50;
  windows.forEach(window => window.goOn(`${startAt}`));
  await Promise.all(windows.map(window => window.line()));
  windows.forEach(window => window.goOn('ask'));
  const held = await Promise.all(windows.map(window => window.held()));

  for (const file of readdirSync(folder).filter(name => /^new-.*sqlite$/.test(name))) {
    const store = openSqliteStore(join(folder, file));
    for (const name of names) assert.equal(store.load(name)?.turns.length, 1, `${name} in ${file}`);
    store.close();
  }
  const store = openSqliteStore(join(folder, 'conversations.sqlite'));
  t.after(() => store.close());
  for (const [at, name] of names.entries()) {
    const [own = [], shared = []] = held[at] ?? [];
    const stored = store.load(`own of ${name}`);
    assert.deepEqual(stored?.turns, own, `the conversation of ${name}`);
    assert.equal(store.loadTurns(`own of ${name}`).length, own.length, `no others are in the conversation of ${name}`);
    assert.equal(stored.draft, `${name} is writing`);
    assert.deepEqual(stored.attachments, [imageOf(name)]);
    assert.deepEqual(store.loadBranch(shared.at(-1)?.id ?? ''), shared, `the branch of ${name}`);
    for (const turn of [...own, ...shared]) assertIsOf(name, turn);
  }
  const shared = held.flatMap(([, turns = []]) => turns.map(({ id }) => id));
  const kept = store.loadTurns('shared').map(({ id }) => id);
  assert.deepEqual(kept.toSorted(), shared.toSorted(), 'all turns of both, and no others');
});

function assertIsOf(name: string, turn: TurnRecord): void {
  if (turn.role === 'user') assert.ok(turn.text.startsWith(name), turn.text);
  else assert.equal(turn.state.phase, 'complete');
}

interface BusyWindow {
  /** What it says next. */
  line: () => Promise<string>;
  goOn: (line: string) => void;
  /** What it holds in the end, when it has ended. */
  held: () => Promise<TurnRecord[][]>;
  end: () => void;
}

function startWindow(script: string, parameters: string[]): BusyWindow {
  const window = spawn(process.execPath, [script, ...parameters], { stdio: 'pipe' });
  let errors = '';
  window.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const closed = once(window, 'close');
  const lines = createInterface(window.stdout)[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const next = await lines.next();
    return next.done ? assert.fail(`the window has ended: ${errors}`) : next.value;
  };
  return {
    line,
    goOn: text => window.stdin.write(`${text}\n`),
    held: async () => {
      const held = JSON.parse(await line()) as TurnRecord[][];
      await closed;
      assert.equal(window.exitCode, 0, errors);
      return held;
    },
    end: () => window.kill(),
  };
}
