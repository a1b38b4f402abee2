import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process as `/proc` tells of it. */
export interface FoundProcess {
  pid: number;
  parent: number;
  group: number;
  session: number;
}

/** Whether this machine says what runs on it in `/proc`. */
export function hasProc(): boolean {
  return process.platform === 'linux';
}

/** What runs, without what has ended and only waits to be taken note of. */
export function runningProcesses(): FoundProcess[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => parseStat(readOf(name, 'stat')));
}

/** One line of `/proc/…/stat`. The second field is the program's name, in which anything may stand. */
export function parseStat(line: string): FoundProcess[] {
  const behind = line.lastIndexOf(')');
  if (behind === -1) return [];
  const [state = '', parent, group, session] = line.slice(behind + 2).split(' ');
  if ('ZX'.includes(state)) return [];
  return [{ pid: Number.parseInt(line), parent: Number(parent), group: Number(group), session: Number(session) }];
}

/** Whether a process was started with this text in its environment. Of other users’ processes nothing is told. */
export function hasInEnvironment(pid: number, text: string): boolean {
  return readOf(pid, 'environ').includes(text);
}

/** The pipes that a process has as input and outputs, by the system’s names for them. */
export function pipesOf(pid: number): string[] {
  return [0, 1, 2].map(descriptor => linkOf(pid, descriptor)).filter(link => link.startsWith('pipe:'));
}

/** It may have ended since it was seen. */
function readOf(pid: number | string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

function linkOf(pid: number, descriptor: number): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
  } catch {
    return '';
  }
}
