import { execFile } from 'node:child_process';
import { commandOf, hasProc, withDescendants } from './processes.ts';
import { addDescendants, membersOf, type ShellFamily, tracesOf } from './shellFamily.ts';

/** What a command has left running in its shell. */
export interface RunningProgram {
  pid: number;
  /** Its command line, or as much as there is room for. */
  command: string;
}

type Listed = RunningProgram & { parent: number };

/** Steps from the first process: `sh`, beside what joins its outputs, and the shell that is given the commands. */
const ownDepth = 2;
const longestCommand = 200;

/**
 * What runs in the shell, besides the shell itself: all that ends with it, see endProcesses. So on macOS what has left its
 * parents is not listed; on Windows nothing is known of any.
 */
export async function programsOf(family: ShellFamily): Promise<RunningProgram[]> {
  if (process.platform === 'win32') return [];
  const all = hasProc() ? await fromProc(family) : await fromPs(family);
  let level = [family.pid];
  const own = new Set(level);
  for (let depth = 0; depth < ownDepth; depth++) {
    level = all.filter(({ parent }) => level.includes(parent)).map(({ pid }) => pid);
    for (const pid of level) own.add(pid);
  }
  // One may have ended while it was looked at.
  return all.flatMap(({ pid, command }) =>
    own.has(pid) || command === '' ? [] : [{ pid, command: shortened(command) }],
  );
}

/** Ends a program that runs in the shell, with what that has started. Nothing where it does not run there any more. */
export async function endProgram(family: ShellFamily, pid: number): Promise<void> {
  const programs = await programsOf(family);
  if (!programs.some(program => program.pid === pid)) return;
  for (const each of withDescendants(pid)) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

async function fromProc(family: ShellFamily): Promise<Listed[]> {
  const members = await membersOf(family, tracesOf(family));
  return members.map(({ pid, parent }) => ({ pid, parent, command: commandOf(pid) }));
}

async function fromPs(family: ShellFamily): Promise<Listed[]> {
  const output = await new Promise<string>(resolve => {
    execFile('ps', ['-A', '-o', 'pid=,ppid=,command='], { maxBuffer: 16_000_000 }, (_, text) => resolve(text));
  });
  const all = output.split('\n').flatMap(line => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const members = new Set([family.pid]);
  addDescendants(all, members);
  return all.filter(({ pid }) => members.has(pid));
}

function shortened(command: string): string {
  return command.length > longestCommand ? `${command.slice(0, longestCommand)}…` : command;
}
