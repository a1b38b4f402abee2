import type { DomDocument, DomElement, DomNode, DomText } from '../../src/webview/markdown/dom.ts';

/** As much of a document as the Markdown renderer uses. Markup is written, never read: text stays text. */
export const fakeDocument: DomDocument = {
  createElement: name => new FakeElement(name),
  createElementNS: (_, name) => new FakeElement(name),
  createTextNode: text => new FakeText(text),
};

class FakeText implements DomText {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  readonly childNodes: DomNode[] = [];
  parent: FakeElement | undefined;
  data: string;

  constructor(data: string) {
    this.data = data;
  }

  remove(): void {
    this.parent?.removeChild(this);
  }

  get textContent(): string {
    return this.data;
  }

  replaceData(offset: number, count: number, text: string): void {
    this.data = this.data.slice(0, offset) + text + this.data.slice(offset + count);
  }

  appendData(text: string): void {
    this.data += text;
  }
}

export class FakeElement implements DomElement {
  readonly nodeType = 1;
  readonly nodeName: string;
  readonly childNodes: DomNode[] = [];
  readonly style = { setProperty: (name: string, value: string) => this.setAttribute(`style:${name}`, value) };
  readonly #attributes = new Map<string, string>();

  constructor(name: string) {
    this.nodeName = name.toUpperCase();
  }

  get className(): string {
    return this.getAttribute('class') ?? '';
  }

  set className(value: string) {
    this.setAttribute('class', value);
  }

  get attributes(): { name: string; value: string }[] {
    return [...this.#attributes].map(([name, value]) => ({ name, value }));
  }

  get children(): FakeElement[] {
    return this.childNodes.filter(node => node instanceof FakeElement);
  }

  get lastChild(): DomNode | null {
    return this.childNodes.at(-1) ?? null;
  }

  get textContent(): string {
    return this.childNodes.map(node => node.textContent ?? '').join('');
  }

  getAttributeNames(): string[] {
    return [...this.#attributes.keys()];
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  append(...nodes: (DomNode | string)[]): void {
    this.childNodes.push(...nodes.map(node => this.#adopt(typeof node === 'string' ? new FakeText(node) : node)));
  }

  appendChild(node: DomNode): DomNode {
    this.append(node);
    return node;
  }

  insertBefore(node: DomNode, next: DomNode | null): DomNode {
    this.childNodes.splice(next ? this.#indexOf(next) : this.childNodes.length, 0, this.#adopt(node));
    return node;
  }

  removeChild(node: DomNode): DomNode {
    this.childNodes.splice(this.#indexOf(node), 1);
    return node;
  }

  replaceChild(node: DomNode, old: DomNode): DomNode {
    this.childNodes.splice(this.#indexOf(old), 1, this.#adopt(node));
    return old;
  }

  replaceChildren(...nodes: (DomNode | string)[]): void {
    this.childNodes.length = 0;
    this.append(...nodes);
  }

  /** All elements inside, in document order. */
  get descendants(): FakeElement[] {
    return this.children.flatMap(child => [child, ...child.descendants]);
  }

  get outerHTML(): string {
    const name = this.nodeName.toLowerCase();
    const attributes = this.attributes.map(
      ({ name: key, value }) => ` ${key}="${escape(value).replace(/"/g, '&quot;')}"`,
    );
    return `<${name}${attributes.join('')}>${this.innerHTML}</${name}>`;
  }

  get innerHTML(): string {
    return this.childNodes
      .map(node => (node instanceof FakeElement ? node.outerHTML : escape(node.textContent ?? '')))
      .join('');
  }

  #adopt(node: DomNode): DomNode {
    if (node instanceof FakeText) node.parent = this;
    return node;
  }

  #indexOf(node: DomNode): number {
    // What changes stands at the end, mostly.
    const index = this.childNodes.lastIndexOf(node);
    if (index === -1) throw new Error('The node is not a child of this element.');
    return index;
  }
}

function escape(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
