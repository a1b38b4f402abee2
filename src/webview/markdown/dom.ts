/**
 * The part of the DOM that the Markdown renderer uses. Written down so that the renderer also runs where there is no
 * DOM library: a browser's `document` fits it as it is, and the tests bring a small one of their own.
 */
export interface DomDocument {
  createElement(name: string): DomElement;
  createElementNS(namespace: typeof mathNamespace, name: string): DomMathElement;
  createTextNode(text: string): DomText;
}

export const mathNamespace = 'http://www.w3.org/1998/Math/MathML';

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
  replaceData(offset: number, count: number, text: string): void;
  remove(): void;
}

export interface DomElement extends DomNode {
  className: string;
  getAttributeNames(): string[];
  readonly children: ArrayLike<DomElement>;
  readonly lastChild: DomNode | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...nodes: (DomNode | string)[]): void;
  appendChild(node: DomNode): DomNode;
  insertBefore(node: DomNode, next: DomNode | null): DomNode;
  removeChild(node: DomNode): DomNode;
  replaceChild(node: DomNode, old: DomNode): DomNode;
  replaceChildren(...nodes: (DomNode | string)[]): void;
}

export interface DomMathElement extends DomElement {
  readonly style: { setProperty(name: string, value: string): void };
}

export function isText(node: DomNode): node is DomText {
  return node.nodeType === 3;
}

export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === 1;
}
