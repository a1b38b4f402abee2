import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FoundProcess,
  hasInEnvironment,
  hasProc,
  pipesOf,
  runningProcesses,
  startOf,
  withDescendants,
} from './processes.ts';

/** Where a shell’s processes are found. */
export interface ShellFamily {
  /** The first of them, which leads their group and session. */
  pid: number;
  /** What stands in the environment of all of them that have not emptied theirs. */
  mark: string;
}

/** What a new family is told apart by: `environment` goes into that of its first process. */
export function newFamily(): { environment: Record<string, string>; mark: string } {
  const name = crypto.randomUUID();
  return { environment: { MARGINALIA_SHELL: name }, mark: `MARGINALIA_SHELL=${name}` };
}

/** More is a program that makes new processes faster than they can be ended. */
const mostRounds = 50;
const pauseMs = 2;

/**
 * Ends a shell with all that it has started, at once and without asking. On Linux also what has made a session of its own
 * and has lost its parents: by its environment, its parents that are still there, or the pipe that it writes to. Only
 * what has given up all three is not found. On macOS that is what has left the group and has lost its parents; on Windows
 * what has lost its parents.
 */
export async function endProcesses(family: ShellFamily): Promise<void> {
  if (process.platform === 'win32') return endOnWindows(family.pid);
  if (!hasProc()) return endByParents(family.pid);
  const startedAt = startOf(family.pid);
  // Before the first is ended, as its children have other parents then, and nobody has its pipes.
  const first = withDescendants(family.pid);
  const pipes = new Set(first.flatMap(pipesOf));
  kill(-family.pid);
  for (const pid of first) kill(pid);
  for (let round = 0; round < mostRounds; round++) {
    const found = await membersOf(family, startedAt, pipes);
    for (const pid of found) kill(pid);
    if (found.length === 0) return;
    await sleep(pauseMs);
  }
}

/**
 * What of the family runs now, of what was started since `startedAt`. `pipes` are those that they write to: these lead
 * from one of them to another, as to the editor they have sockets.
 */
async function membersOf(family: ShellFamily, startedAt: number, pipes: Set<string>): Promise<number[]> {
  const all: FoundProcess[] = [];
  const members = new Set<number>();
  for await (const found of runningProcesses()) {
    if (found.startedAt < startedAt || found.pid === process.pid) continue;
    all.push(found);
    if (isOf(family, found, pipes)) members.add(found.pid);
  }
  for (const member of members) for (const pipe of pipesOf(member)) pipes.add(pipe);
  addDescendants(all, members);
  return [...members];
}

function isOf({ pid, mark }: ShellFamily, found: FoundProcess, pipes: ReadonlySet<string>): boolean {
  if (found.group === pid || found.session === pid) return true;
  return hasInEnvironment(found.pid, mark) || pipesOf(found.pid).some(pipe => pipes.has(pipe));
}

function addDescendants(all: readonly Pick<FoundProcess, 'pid' | 'parent'>[], members: Set<number>): void {
  for (let before = -1; before !== members.size;) {
    before = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
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
