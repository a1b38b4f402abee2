import type * as vscode from 'vscode';

const storageKey = 'favouriteModels';

/** The models that the user has marked, in the order in which that was done. */
export class FavouriteModels {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get ids(): string[] {
    const kept = this.#memento.get<unknown>(storageKey);
    return Array.isArray(kept) ? kept.filter(id => typeof id === 'string') : [];
  }

  async toggle(id: string): Promise<void> {
    const { ids } = this;
    const others = ids.filter(other => other !== id);
    await this.#memento.update(storageKey, others.length < ids.length ? others : [...ids, id]);
  }
}
