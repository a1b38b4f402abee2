import type { RefusalMemory } from '../../src/core/messages/refusedField.ts';
import { createRefusals } from '../../src/core/messages/refusals.ts';

/** A memory of refusals that ends with the test. */
export function refusalsInMemory(kept?: unknown, now: () => number = () => 0): RefusalMemory {
  let all = kept;
  return createRefusals({ read: () => all, write: refusals => void (all = refusals) }, now);
}
