import type * as vscode from 'vscode';

const storageKey = 'recentModels';
const mostRecent = 5;

/** The models that were chosen last, the latest first. */
export class RecentModels {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get ids(): string[] {
    return storedIds(this.#memento, storageKey);
  }

  add(id: string): void {
    void this.#memento.update(storageKey, [id, ...this.ids.filter(other => other !== id)].slice(0, mostRecent));
  }
}

/** The ids that are stored under a key; what else may stand there is none. */
export function storedIds(memento: vscode.Memento, key: string): string[] {
  const kept = memento.get<unknown>(key);
  return Array.isArray(kept) ? kept.filter(id => typeof id === 'string') : [];
}
