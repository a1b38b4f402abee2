import type * as vscode from 'vscode';
import type { FoundToolFile } from '../../core/tools/toolList.ts';
import { isFields } from '../../shared/json.ts';
import { parseToolState, type ToolState } from '../../shared/toolState.ts';

const key = 'toolStates';

/**
 * What the user has decided about tools, by the files that they are in: of the user's own everywhere, of a workspace's
 * there. It is kept in the user's storage, where no workspace writes.
 */
export class ToolStates {
  readonly #mementos: Record<FoundToolFile['origin'], vscode.Memento>;

  constructor(mementos: Record<FoundToolFile['origin'], vscode.Memento>) {
    this.#mementos = mementos;
  }

  of({ origin, source }: FoundToolFile): ToolState {
    return parseToolState(this.#read(origin)[source]);
  }

  async set({ origin, source }: FoundToolFile, state: ToolState): Promise<void> {
    await this.#mementos[origin].update(key, { ...this.#read(origin), [source]: state });
  }

  #read(origin: FoundToolFile['origin']): Record<string, unknown> {
    const stored = this.#mementos[origin].get<unknown>(key);
    return isFields(stored) ? stored : {};
  }
}
