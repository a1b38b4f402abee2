import type { AnswerError } from './problems.ts';

export const maxRetries = 3;
/** Milliseconds. An endpoint that asks for a longer wait is not waited for; the user is told instead. */
export const longestWaitMs = 60_000;

/**
 * Milliseconds to wait before retry number `attempt` (from 1), or undefined where no retry helps. The endpoint's own
 * `retry-after` counts; else the wait doubles with every attempt, drawn over its whole range so that many clients
 * do not come back at once. Rate limits without a `retry-after` are counted over minutes and count failures too, so
 * they get a floor of several seconds.
 */
export function retryDelay(error: AnswerError, attempt: number, random: () => number): number | undefined {
  if (!error.retryable || attempt > maxRetries) return undefined;
  if (error.retryAfterMs !== undefined) return error.retryAfterMs <= longestWaitMs ? error.retryAfterMs : undefined;
  const floor = error.problem.kind === 'rateLimited' ? 4_000 : 500;
  return floor + random() * Math.min(1_000 * 2 ** attempt, 16_000);
}
