import { readFileSync } from 'node:fs';

/** Whether a process runs: one that has ended and whose parent does not take note of it does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // Where there is no such file, the signal has told it; else it has ended meanwhile.
    return process.platform !== 'linux';
  }
}
