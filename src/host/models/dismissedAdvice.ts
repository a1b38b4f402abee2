import type * as vscode from 'vscode';
import { storedIds } from './recentModels.ts';

const storageKey = 'dismissedAdvice';
const mostKept = 500;

/** The conversations in which the user wants no suggestions of models, the latest first. */
export class DismissedAdvice {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  has(conversationId: string): boolean {
    return storedIds(this.#memento, storageKey).includes(conversationId);
  }

  add(conversationId: string): void {
    const others = storedIds(this.#memento, storageKey).filter(id => id !== conversationId);
    void this.#memento.update(storageKey, [conversationId, ...others].slice(0, mostKept));
  }
}
