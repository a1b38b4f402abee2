import type { RefusalMemory } from './refusedField.ts';

/** Milliseconds, a week: endpoints learn new fields, and a field that is refused again is remembered again. */
const rememberedForMs = 7 * 24 * 60 * 60 * 1000;

/** Where refusals are kept beyond the window: when each was met, by origin and model, then by field. */
export interface RefusalStore {
  read: () => unknown;
  write: (refusals: Record<string, Record<string, number>>) => void;
}

/** Holds names of fields only. `now` in milliseconds since the epoch. */
export function createRefusals(store: RefusalStore, now: () => number): RefusalMemory {
  const name = (origin: string, model: string): string => `${origin} ${model}`;
  const read = (): Record<string, Record<string, number>> => {
    const all = fieldsOf(store.read());
    const known = Object.entries(all).map(([key, fields]) => [key, recent(fields, now())] as const);
    return Object.fromEntries(known.filter(([, fields]) => Object.keys(fields).length > 0));
  };
  return {
    fields: (origin, model) => new Set(Object.keys(read()[name(origin, model)] ?? {})),
    add: (origin, model, field) => {
      const all = read();
      const key = name(origin, model);
      store.write({ ...all, [key]: { ...all[key], [field]: now() } });
    },
    forget: (origin, model, field) => {
      const all = read();
      const key = name(origin, model);
      const { [field]: forgotten, ...others } = all[key] ?? {};
      if (forgotten !== undefined) store.write({ ...all, [key]: others });
    },
  };
}

/** What is no time is left out: earlier versions kept none, and their refusals are older than anyone knows. */
function recent(fields: unknown, now: number): Record<string, number> {
  const entries = Array.isArray(fields) ? [] : Object.entries(fieldsOf(fields));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => {
      const [, since] = entry;
      return typeof since === 'number' && now - since < rememberedForMs;
    }),
  );
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
