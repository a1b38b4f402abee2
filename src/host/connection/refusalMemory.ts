import type * as vscode from 'vscode';
import type { RefusalMemory } from '../../core/messages/refusedField.ts';
import { createRefusals } from '../../core/messages/refusals.ts';

const memoryKey = 'refusedFields';

/** Keeps what endpoints have refused across windows. */
export function createRefusalMemory(memento: vscode.Memento): RefusalMemory {
  return createRefusals(
    {
      read: () => memento.get<unknown>(memoryKey),
      write: refusals => void memento.update(memoryKey, refusals),
    },
    Date.now,
  );
}
