import type * as vscode from 'vscode';
import type { OriginMemory } from '../../core/endpoint/originMemory.ts';

/** Values by origin in the editor's own storage on this machine; they are not synced. */
export function createOriginMemory(memento: vscode.Memento, name: string): OriginMemory {
  return {
    read: origin => memento.get<unknown>(`${name}:${origin}`),
    write: (origin, value) => void memento.update(`${name}:${origin}`, value),
  };
}
