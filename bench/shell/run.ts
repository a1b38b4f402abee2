import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandFacts } from '../../src/core/shell/commandFacts.ts';
import { parseStat } from '../../src/core/shell/processes.ts';
import { type CommandRun, PersistentShell } from '../../src/core/shell/persistentShell.ts';

const folder = mkdtempSync(join(tmpdir(), 'marginalia-shell-'));
const { signal } = new AbortController();

/**
 * What the shell of a conversation takes: milliseconds for a command, for ten megabytes of output, from Stop until the last
 * process is gone, and for reading a command. Prints the median and the worst of each.
 */
export async function run({ quick }: { quick: boolean }): Promise<void> {
  const rounds = (usual: number): number => (quick ? Math.ceil(usual / 5) : usual);
  console.log(`${'milliseconds'.padEnd(58)} ${'median'.padStart(9)} ${'worst'.padStart(9)}`);
  row('the first command of a shell', await times(rounds(20), firstCommand));
  const shell = started();
  await ran(shell, 'true');
  row('a command', await times(rounds(500), () => timed(() => ran(shell, 'true'))));
  row('a command that starts a program', await times(rounds(100), () => timed(() => ran(shell, '/bin/true'))));
  row('10 MB of output', await times(rounds(5), () => timed(() => ran(shell, 'seq 1400000'))));
  const before = process.memoryUsage().rss;
  await ran(shell, 'yes "a line of some length that is printed over and over" | head -c 200000000');
  console.log(`200 MB of output: memory grew by ${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`);
  await shell.end();
  row('Stop: two in the background', await times(rounds(10), () => stopped(two, 2)));
  row('Stop: two with sessions of their own, one without environment', await times(rounds(10), () => stopped(fled, 2)));
  row('Stop: fifty', await times(rounds(10), () => stopped(fifty, 50)));
  row(
    'reading a command',
    await times(rounds(500), () => timed(() => commandFacts('cd src && npm test -- --watch 2>&1 | tail -n 20'))),
  );
  rmSync(folder, { recursive: true, force: true });
}

function started(): PersistentShell {
  const program = { file: 'bash', args: ['--noprofile', '--norc'], name: 'bash' } as const;
  return new PersistentShell({ program, folder, environment: { PATH: process.env['PATH'] ?? '' } });
}

function ran(shell: PersistentShell, command: string): Promise<CommandRun> {
  return shell.run(command, { signal, timeoutMs: 600_000, progress: () => undefined });
}

/** Of each round. */
async function times(rounds: number, round: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let at = 0; at < rounds; at++) all.push(await round());
  return all.sort((a, b) => a - b);
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function row(name: string, sorted: readonly number[]): void {
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.log(`${name.padEnd(58)} ${median.toFixed(2).padStart(9)} ${(sorted.at(-1) ?? 0).toFixed(2).padStart(9)}`);
}

async function firstCommand(): Promise<number> {
  const shell = started();
  const took = await timed(() => ran(shell, 'true'));
  await shell.end();
  return took;
}

/** From Stop until no process of the command answers any more. */
async function stopped(command: string, processes: number): Promise<number> {
  const shell = started();
  const abort = new AbortController();
  await ran(shell, 'rm -f pids');
  const over = shell.run(command, { signal: abort.signal, timeoutMs: 600_000, progress: () => undefined });
  const watcher = started();
  const { output } = await ran(
    watcher,
    `while [ "$(wc -l <pids 2>/dev/null || echo 0)" -lt ${processes} ]; do sleep 0.02; done; cat pids`,
  );
  await watcher.end();
  const pids = output.trim().split('\n').map(Number);
  const startedAt = performance.now();
  abort.abort();
  // One that has ended may wait for whoever should take note of it.
  while (pids.some(isRunning)) await sleep(1);
  const took = performance.now() - startedAt;
  await over;
  return took;
}

function isRunning(pid: number): boolean {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1')).length > 0;
  } catch {
    return false;
  }
}

const two = 'sleep 1000 & echo $! >>pids; sleep 1000 & echo $! >>pids; sleep 1000';
const fled =
  "setsid sh -c 'sleep 1000 & echo $! >>pids; sleep 1000' & env -i setsid sh -c 'sleep 1000 & echo $! >>pids' & sleep 1000";
const fifty = 'for i in $(seq 50); do sleep 1000 & echo $! >>pids; done; sleep 1000';
