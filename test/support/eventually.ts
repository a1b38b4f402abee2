import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that anything in the workbench may take on a slow machine. */
export const patience = 20_000;

/** Runs `attempt` until it does not throw, for as long as patience lasts. */
export async function eventually<Result>(attempt: () => Result | Promise<Result>): Promise<Result> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(100);
    }
  }
}
