import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasProc, withDescendants } from './processes.ts';
import { addDescendants, membersOf, type ShellFamily, tracesOf } from './shellFamily.ts';

/** More is a program that makes new processes faster than they can be ended. */
const mostRounds = 50;
const pauseMs = 2;

/**
 * Ends a shell with all that it has started, at once and without asking; on Linux also what has got away, see membersOf. On
 * macOS what has left the group and has lost its parents is not found; on Windows what has lost its parents.
 */
export async function endProcesses(family: ShellFamily): Promise<void> {
  if (process.platform === 'win32') return endOnWindows(family.pid);
  if (!hasProc()) return endByParents(family.pid);
  // Before the first is ended, as its children have other parents then, and nobody has its pipes.
  const traces = tracesOf(family);
  const first = withDescendants(family.pid);
  kill(-family.pid);
  for (const pid of first) kill(pid);
  for (let round = 0; round < mostRounds; round++) {
    const found = await membersOf(family, traces);
    for (const { pid } of found) kill(pid);
    if (found.length === 0) return;
    await sleep(pauseMs);
  }
}

async function endByParents(pid: number): Promise<void> {
  const listed = await outputOf('ps', ['-A', '-o', 'pid=,ppid=']);
  const all = listed
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .map(([other = 0, parent = 0]) => ({ pid: other, parent }));
  const members = new Set([pid]);
  addDescendants(all, members);
  kill(-pid);
  for (const other of members) kill(other);
}

async function endOnWindows(pid: number): Promise<void> {
  await outputOf('taskkill', ['/T', '/F', '/PID', String(pid)]);
}

function outputOf(program: string, args: string[]): Promise<string> {
  return new Promise(resolve => {
    // What has failed has nothing to say.
    execFile(program, args, { windowsHide: true }, (_, output) => resolve(output));
  });
}

/** A negative number is a group. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
