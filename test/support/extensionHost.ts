import { readdirSync, readFileSync } from 'node:fs';

interface RunningProcess {
  pid: number;
  parentPid: number;
  /** In clock ticks since the machine has started. */
  startedAt: number;
  command: string;
}

/** Ends the extension host that was started last by the editor that uses this profile, as a crash would. */
export function killExtensionHost(profile: string): void {
  const processes = runningProcesses();
  const server = processes.find(
    ({ parentPid, command }) => parentPid === process.pid && command.includes(`--server-data-dir=${profile}`),
  );
  const [host] = processes
    .filter(({ parentPid, command }) => parentPid === server?.pid && command.includes('--type=extensionHost'))
    .sort((one, other) => other.startedAt - one.startedAt);
  if (!host) throw new Error('No extension host is running.');
  process.kill(host.pid, 'SIGKILL');
}

function runningProcesses(): RunningProcess[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  return pids.flatMap(pid => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name of the program, in brackets, may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(pid), parentPid: Number(fields[1]), startedAt: Number(fields[19]), command }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
