import type { DomElement } from '../dom.ts';
import { DetailsEnd } from './detailsEnd.ts';

/** What renders while it arrives. */
interface Growing {
  append: (text: string) => void;
  finish: () => void;
  readonly hasDefinitions: boolean;
}

/** A text that folds and whose end has not arrived: what is in it is rendered as it arrives, like the answer itself. */
export class OpenDetails {
  readonly element: DomElement;
  readonly #inner: Growing;
  readonly #end = new DetailsEnd();
  /** Everything from its first tag on, exactly as it arrived. */
  source: string;

  /** `opening` is its source up to what is folded, `element` shows that, `inner` renders into it. */
  constructor(opening: string, element: DomElement, inner: Growing) {
    this.source = opening;
    this.element = element;
    this.#inner = inner;
  }

  /** Takes what arrived; returns what follows the closing tag once that is there. */
  feed(text: string): string | undefined {
    const { body, closing, rest } = this.#end.take(text);
    this.source += text.slice(0, text.length - rest.length);
    this.#inner.append(body);
    return closing === undefined ? undefined : rest;
  }

  /** Of links, which count in the text around it, too. */
  get hasDefinitions(): boolean {
    return this.#inner.hasDefinitions;
  }

  /** Nothing more comes for it. */
  close(): void {
    this.#inner.append(this.#end.finish());
    this.#inner.finish();
  }
}
