import type * as vscode from 'vscode';
import type { RefusalMemory } from '../core/messages/refusedField.ts';

const memoryKey = 'refusedFields';

/** Keeps what endpoints have refused across windows; holds names of fields only, by origin and model. */
export function createRefusalMemory(memento: vscode.Memento): RefusalMemory {
  const read = (): Record<string, string[]> => memento.get<Record<string, string[]>>(memoryKey) ?? {};
  const write = (fields: Record<string, string[]>): void => void memento.update(memoryKey, fields);
  const name = (origin: string, model: string): string => `${origin} ${model}`;
  return {
    fields: (origin, model) => new Set(read()[name(origin, model)]),
    add: (origin, model, field) => {
      const all = read();
      const known = all[name(origin, model)] ?? [];
      write({ ...all, [name(origin, model)]: [...new Set([...known, field])] });
    },
    forget: (origin, model) => {
      const forgotten = name(origin, model);
      write(Object.fromEntries(Object.entries(read()).filter(([key]) => key !== forgotten)));
    },
  };
}
