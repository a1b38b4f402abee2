import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Milliseconds in which nothing else of the process is done. */
const sliceMs = 5;

/** A process as `/proc` tells of it. */
export interface FoundProcess {
  pid: number;
  parent: number;
  group: number;
  session: number;
  /** Ticks of the system's clock since it was started. */
  startedAt: number;
}

/** Whether this machine says what runs on it in `/proc`. */
export function hasProc(): boolean {
  return process.platform === 'linux';
}

/** What runs, without what has ended and only waits to be taken note of; in slices, since there may be thousands. */
export async function* runningProcesses(): AsyncGenerator<FoundProcess> {
  let sliceStart = performance.now();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    yield* parseStat(readOf(name, 'stat'));
    if (performance.now() - sliceStart < sliceMs) continue;
    await setImmediate();
    sliceStart = performance.now();
  }
}

/** When a process was started, in the same ticks; 0 where that is not known. */
export function startOf(pid: number): number {
  return parseStat(readOf(pid, 'stat'))[0]?.startedAt ?? 0;
}

/** One line of `/proc/…/stat`. The second field is the program's name, in which anything may stand. */
export function parseStat(line: string): FoundProcess[] {
  const behind = line.lastIndexOf(')');
  if (behind === -1) return [];
  const [state = '', ...fields] = line.slice(behind + 2).split(' ');
  if ('ZX'.includes(state)) return [];
  const [parent = 0, group = 0, session = 0] = fields.map(Number);
  return [{ pid: Number.parseInt(line), parent, group, session, startedAt: Number(fields[18] ?? 0) }];
}

/**
 * What a process has started and what that has, as far as they are still its children; itself first. Far quicker than a
 * look at all that runs, but not there on every system: then it is the process alone.
 */
export function withDescendants(pid: number): number[] {
  const found = [pid];
  for (const parent of found) {
    const children = readOf(parent, `task/${parent}/children`).trim();
    if (children !== '') found.push(...children.split(' ').map(Number));
  }
  return found;
}

/** The command line of a process, in one line; empty where it has ended. */
export function commandOf(pid: number): string {
  return Buffer.from(readOf(pid, 'cmdline'), 'latin1')
    .toString()
    .replace(/\s+|\0/g, ' ')
    .trim();
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
