import {
  type FoundProcess,
  hasInEnvironment,
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

/** What is known of a family while its first process runs: when that was started, and the pipes that it writes to. */
export interface FamilyTraces {
  startedAt: number;
  /** These lead from one of them to another, as to the editor they have sockets. */
  pipes: Set<string>;
}

export function tracesOf({ pid }: ShellFamily): FamilyTraces {
  return { startedAt: startOf(pid), pipes: new Set(withDescendants(pid).flatMap(pipesOf)) };
}

/**
 * What of a family runs now, where there is `/proc`; also what has made a session of its own and has lost its parents: by
 * its environment, its parents that are still there, or the pipe that it writes to. Only what has given up all three is not
 * found.
 */
export async function membersOf(family: ShellFamily, { startedAt, pipes }: FamilyTraces): Promise<FoundProcess[]> {
  const all: FoundProcess[] = [];
  const members = new Set<number>();
  for await (const found of runningProcesses()) {
    if (found.startedAt < startedAt || found.pid === process.pid) continue;
    all.push(found);
    if (isOf(family, found, pipes)) members.add(found.pid);
  }
  for (const member of members) for (const pipe of pipesOf(member)) pipes.add(pipe);
  addDescendants(all, members);
  return all.filter(({ pid }) => members.has(pid));
}

function isOf({ pid, mark }: ShellFamily, found: FoundProcess, pipes: ReadonlySet<string>): boolean {
  if (found.group === pid || found.session === pid) return true;
  return hasInEnvironment(found.pid, mark) || pipesOf(found.pid).some(pipe => pipes.has(pipe));
}

export function addDescendants(all: readonly Pick<FoundProcess, 'pid' | 'parent'>[], members: Set<number>): void {
  for (let before = -1; before !== members.size;) {
    before = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
}
