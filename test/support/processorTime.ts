import { readdirSync, readFileSync } from 'node:fs';
import type { TestInfo } from '@playwright/test';

/** Clock ticks of a second, on Linux everywhere. */
const ticksPerSecond = 100;

/** Of a test's annotations, the one that says how many seconds of processor it took. */
export const processorAnnotation = 'processor';

/** Begins to measure a test; what is returned ends that, and notes it for the reporter. */
export function annotateProcessor(info: TestInfo): () => void {
  const before = processorSeconds();
  return () => {
    const after = processorSeconds();
    if (before === undefined || after === undefined) return;
    info.annotations.push({ type: processorAnnotation, description: (after - before).toFixed(1) });
  };
}

/**
 * Seconds of processor that this process and all that it has started have taken so far, those that have ended among
 * them. What else runs on the machine does not count. Undefined where the system does not say it in /proc.
 */
function processorSeconds(): number | undefined {
  const processes = new Map<number, { parent: number; ticks: number }>();
  try {
    for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) read(Number(name), processes);
  } catch {
    return undefined;
  }
  let ticks = 0;
  for (const [pid, one] of processes) {
    let at: number | undefined = pid;
    while (at !== undefined && at !== process.pid) at = processes.get(at)?.parent;
    if (at === process.pid) ticks += one.ticks;
  }
  return ticks / ticksPerSecond;
}

function read(pid: number, processes: Map<number, { parent: number; ticks: number }>): void {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const sum = fields.slice(11, 15).reduce((all, field) => all + Number(field), 0);
    processes.set(pid, { parent: Number(fields[1]), ticks: sum });
  } catch {
    // It has ended meanwhile.
  }
}
