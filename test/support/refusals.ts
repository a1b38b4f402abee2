import type { RefusalMemory } from '../../src/core/messages/refusedField.ts';

/** A memory of refusals that ends with the test. */
export function refusalsInMemory(): RefusalMemory {
  const all = new Map<string, Set<string>>();
  const of = (origin: string, model: string): Set<string> => all.get(`${origin} ${model}`) ?? new Set();
  return {
    fields: of,
    add: (origin, model, field) => all.set(`${origin} ${model}`, new Set([...of(origin, model), field])),
    forget: (origin, model) => all.delete(`${origin} ${model}`),
  };
}
