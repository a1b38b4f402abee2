import { errorFromAnswer } from '../../src/core/messages/problems.ts';
import type { Problem } from '../../src/shared/problem.ts';

/** The problem that an endpoint's refusal in these words stands for. */
export function problemOf(message: string, status = 400): Problem {
  return errorFromAnswer({ status, headers: {}, body: { type: 'error', error: { message } } }).problem;
}
