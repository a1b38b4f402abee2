import { spawn } from 'node:child_process';

/**
 * Signals the process that leads a group with all that it has started and that has not left the group. On Windows there
 * are no signals: SIGKILL ends it with its descendants, every other does nothing. Never throws; what has ended is no error.
 */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    if (signal !== 'SIGKILL') return;
    const options = { stdio: 'ignore', windowsHide: true } as const;
    spawn('taskkill', ['/pid', String(leader), '/T', '/F'], options).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch {
    // None of it is left.
  }
}
