/**
 * The part of the DOM that the Markdown renderer uses. Written down so that the renderer also runs where there is no
 * DOM library: a browser's `document` fits it as it is, and the tests bring a small one of their own.
 */
export interface DomDocument {
  createElement(name: string): DomElement;
  createTextNode(text: string): DomText;
}

export interface DomNode {
  /** 1 for an element, 3 for text, as in the DOM. */
  readonly nodeType: number;
  readonly nodeName: string;
  textContent: string | null;
  readonly childNodes: ArrayLike<DomNode>;
}

export interface DomText extends DomNode {
  data: string;
  appendData(text: string): void;
}

export interface DomElement extends DomNode {
  className: string;
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
  readonly children: ArrayLike<DomElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...nodes: (DomNode | string)[]): void;
  appendChild(node: DomNode): DomNode;
  removeChild(node: DomNode): DomNode;
  replaceChild(node: DomNode, old: DomNode): DomNode;
  replaceChildren(...nodes: (DomNode | string)[]): void;
}
