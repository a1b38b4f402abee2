import type * as vscode from 'vscode';
import { storedIds } from './recentModels.ts';

const storageKey = 'favouriteModels';

/** The models that the user has marked, in the order in which that was done. */
export class FavouriteModels {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get ids(): string[] {
    return storedIds(this.#memento, storageKey);
  }

  async toggle(id: string): Promise<void> {
    const { ids } = this;
    const others = ids.filter(other => other !== id);
    await this.#memento.update(storageKey, others.length < ids.length ? others : [...ids, id]);
  }
}
