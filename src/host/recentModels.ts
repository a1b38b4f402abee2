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
    const kept = this.#memento.get<unknown>(storageKey);
    return Array.isArray(kept) ? kept.filter(id => typeof id === 'string') : [];
  }

  add(id: string): void {
    void this.#memento.update(storageKey, [id, ...this.ids.filter(other => other !== id)].slice(0, mostRecent));
  }
}
