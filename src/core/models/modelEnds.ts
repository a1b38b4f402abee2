import type { ModelEnd } from '../../shared/problem.ts';
import { canonicalId } from './modelRules.ts';

/** The vendor's list of November 2026. Relays, and other clouds, may go on serving these models. */
const ends: [pattern: RegExp, end: ModelEnd][] = [
  [/^claude-sonnet-4-5/, { day: '2026-11-30', successor: 'claude-sonnet-5' }],
  [/^claude-opus-4-1/, { day: '2026-08-05', successor: 'claude-opus-5' }],
];

/** When a model ends with its vendor, and what takes its place; undefined where no end is known. */
export function endOf(modelId: string): ModelEnd | undefined {
  const id = canonicalId(modelId);
  return ends.find(([pattern]) => pattern.test(id))?.[1];
}

/** `now` in milliseconds since the epoch. The day counts by UTC, and is the first one without the model. */
export function hasEnded({ day }: ModelEnd, now: number): boolean {
  return now >= Date.parse(day);
}
