import { execFile } from 'node:child_process';
import { commandOf, hasProc, runningProcesses, withDescendants } from './processes.ts';

/** What a command has left running in its shell. */
export interface RunningProgram {
  pid: number;
  /** Its command line, or as much as there is room for. */
  command: string;
}

type Listed = Pick<RunningProgram, 'pid'> & { parent: number; isOfGroup: boolean; command?: string };

/** Steps from the first process: `sh`, beside what joins its outputs, and the shell that is given the commands. */
const ownDepth = 2;
const longestCommand = 200;

/**
 * What runs in the shell that this process leads, besides the shell itself. What has left its group and its parents is not
 * listed, but ends with it; see endProcesses. On Windows nothing is known of it.
 */
export async function programsOf(leader: number): Promise<RunningProgram[]> {
  if (process.platform === 'win32') return [];
  const all = hasProc() ? await fromProc(leader) : await fromPs();
  const depths = new Map([[leader, 0]]);
  for (let before = -1; before !== depths.size;) {
    before = depths.size;
    for (const { pid, parent } of all) {
      const above = depths.get(parent);
      if (above !== undefined && !depths.has(pid)) depths.set(pid, above + 1);
    }
  }
  return all.flatMap(({ pid, isOfGroup, command = commandOf(pid) }) => {
    const depth = depths.get(pid);
    const isProgram = depth === undefined ? isOfGroup : depth > ownDepth;
    // It may have ended while it was looked at.
    return isProgram && command !== '' ? [{ pid, command: shortened(command) }] : [];
  });
}

/** Ends a program that runs in the shell, with what that has started. Nothing where it does not run there any more. */
export async function endProgram(leader: number, pid: number): Promise<void> {
  const programs = await programsOf(leader);
  if (!programs.some(program => program.pid === pid)) return;
  for (const each of withDescendants(pid)) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

async function fromProc(leader: number): Promise<Listed[]> {
  const all: Listed[] = [];
  for await (const { pid, parent, group, session } of runningProcesses()) {
    all.push({ pid, parent, isOfGroup: group === leader || session === leader });
  }
  return all;
}

async function fromPs(): Promise<Listed[]> {
  const output = await new Promise<string>(resolve => {
    execFile('ps', ['-A', '-o', 'pid=,ppid=,command='], { maxBuffer: 16_000_000 }, (_, text) => resolve(text));
  });
  return output.split('\n').flatMap(line => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), isOfGroup: false, command }];
  });
}

function shortened(command: string): string {
  return command.length > longestCommand ? `${command.slice(0, longestCommand)}…` : command;
}
