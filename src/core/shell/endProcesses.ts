import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FoundProcess, hasInEnvironment, hasProc, pipesOf, runningProcesses } from './processes.ts';

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
  for (let round = 0; round < mostRounds; round++) {
    // Before the first is ended, as its children have other parents then.
    const found = membersOf(family);
    if (round === 0) kill(-family.pid);
    for (const pid of found) kill(pid);
    if (found.length === 0) return;
    await sleep(pauseMs);
  }
}

/** What of the family runs now. Linux only. */
export function membersOf({ pid, mark }: ShellFamily): number[] {
  const all = runningProcesses();
  const members = new Set(
    all
      .filter(({ pid: other, group, session }) => group === pid || session === pid || hasInEnvironment(other, mark))
      .map(({ pid: other }) => other),
  );
  // What they write to comes from among themselves: to the editor they have sockets.
  const pipes = new Set([...members].flatMap(pipesOf));
  for (const { pid: other } of all)
    if (pipes.size > 0 && pipesOf(other).some(pipe => pipes.has(pipe))) members.add(other);
  addDescendants(all, members);
  members.delete(process.pid);
  return [...members];
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
