import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that anything in the workbench may take: many times what it took here to start. */
export let patience = 20_000;

/** A workbench took so many milliseconds to start: on a quiet machine 5 to 8 seconds. */
export function measuredStart(milliseconds: number): void {
  patience = Math.max(patience, 4 * milliseconds);
}

/** Runs `attempt` until it does not throw, for as long as patience lasts. */
export async function eventually<Result>(attempt: () => Result | Promise<Result>): Promise<Result> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
