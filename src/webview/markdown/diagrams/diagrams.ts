import type { DiagramPainter } from './diagramPainter.ts';

/** Draws diagrams; what draws them is many times as large as the view and is loaded with the first one. */
export class Diagrams {
  readonly #load: () => Promise<DiagramPainter>;
  #painter: Promise<DiagramPainter> | undefined;

  constructor(load: () => Promise<DiagramPainter>) {
    this.#load = load;
  }

  /** Draws what `code` describes, once it is near what is seen. A block that cannot be drawn stays code. */
  async show(code: HTMLElement): Promise<void> {
    try {
      this.#painter ??= this.#load();
      (await this.#painter).show(code);
    } catch {
      // Asked for again with the next one: an editor that is away for a moment comes back.
      this.#painter = undefined;
    }
  }
}
