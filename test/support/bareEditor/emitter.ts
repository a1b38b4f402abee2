export interface Disposable {
  dispose: () => void;
}

/** As the editor's class of this name. */
export class EventEmitter<Event = void> {
  readonly #listeners = new Set<(event: Event) => unknown>();

  readonly event = (listener: (event: Event) => unknown): Disposable => {
    // One that is added twice is heard twice.
    const own = (event: Event): unknown => listener(event);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  fire(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
