import type { DomDocument, DomElement } from '../dom.ts';
import type { renderMath } from './renderMath.ts';

/** Puts a formula in place of its source in `element`, at once or when it can be; the source stays where it cannot. */
export type ShowFormula = (element: DomElement, tex: string, isDisplay: boolean) => void;

export interface FormulaPorts {
  document: DomDocument;
  load: () => Promise<{ renderMath: typeof renderMath }>;
}

/** Shows formulas; what draws them is as large as the renderer and is loaded with the first one. */
export class Formulas {
  readonly #ports: FormulaPorts;
  #renderMath: typeof renderMath | 'loading' | undefined;
  #waiting: (() => void)[] = [];

  constructor(ports: FormulaPorts) {
    this.#ports = ports;
  }

  show(element: DomElement, tex: string, isDisplay: boolean): void {
    if (typeof this.#renderMath === 'function') {
      const formula = this.#renderMath(tex, isDisplay, this.#ports.document);
      if (formula) element.replaceChildren(formula);
      return;
    }
    this.#waiting.push(() => this.show(element, tex, isDisplay));
    if (this.#renderMath === undefined) void this.#load();
  }

  async #load(): Promise<void> {
    this.#renderMath = 'loading';
    try {
      this.#renderMath = (await this.#ports.load()).renderMath;
      for (const show of this.#waiting) show();
    } catch {
      // A formula's source says what the formula says.
    }
    this.#waiting = [];
  }
}
