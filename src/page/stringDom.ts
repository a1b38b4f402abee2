import type { DomDocument, DomElement, DomNode, DomText } from '../webview/markdown/dom.ts';
import { safeAddress } from '../webview/markdown/links.ts';

/**
 * A document that can only be written out. Text and attributes are escaped when that is done and nowhere else, so
 * nothing that goes in as text comes out as markup.
 */
export const stringDocument: DomDocument = {
  createElement: name => new StringElement(name),
  // Formulas stand in a page as they were written: see `showFormula` in turnArticle.
  createElementNS: (_, name) => {
    throw new Error(`A page has no place for ${name}.`);
  },
  createTextNode: text => new StringText(text),
};

class StringText implements DomText {
  readonly nodeType = 3;
  readonly nodeName = '#text';
  readonly childNodes: DomNode[] = [];
  data: string;

  constructor(data: string) {
    this.data = data;
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

  /** Nothing that is written out is patched. */
  remove(): void {
    throw new Error('The text stands in no element that can be changed.');
  }
}

class StringElement implements DomElement {
  readonly nodeType = 1;
  readonly nodeName: string;
  readonly childNodes: DomNode[] = [];
  readonly #attributes = new Map<string, string>();

  constructor(name: string) {
    this.nodeName = name;
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

  getAttributeNames(): string[] {
    return [...this.#attributes.keys()];
  }

  get children(): StringElement[] {
    return this.childNodes.filter(node => node instanceof StringElement);
  }

  get lastChild(): DomNode | null {
    return this.childNodes.at(-1) ?? null;
  }

  get textContent(): string {
    return this.childNodes.map(node => node.textContent ?? '').join('');
  }

  set textContent(text: string) {
    this.replaceChildren(text);
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
    for (const node of nodes) this.childNodes.push(typeof node === 'string' ? new StringText(node) : node);
  }

  appendChild(node: DomNode): DomNode {
    this.append(node);
    return node;
  }

  insertBefore(node: DomNode, next: DomNode | null): DomNode {
    this.childNodes.splice(next ? this.childNodes.indexOf(next) : this.childNodes.length, 0, node);
    return node;
  }

  removeChild(node: DomNode): DomNode {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    return node;
  }

  replaceChild(node: DomNode, old: DomNode): DomNode {
    this.childNodes.splice(this.childNodes.indexOf(old), 1, node);
    return old;
  }

  replaceChildren(...nodes: (DomNode | string)[]): void {
    this.childNodes.length = 0;
    this.append(...nodes);
  }
}

/** Elements without content, and so without an end. */
const voidElements = new Set(['br', 'hr', 'img', 'input']);

/** The node as HTML. What needs a script is left out: a page has none. */
export function htmlOf(node: DomNode): string {
  if (!(node instanceof StringElement)) return escapeText(node.textContent ?? '');
  const name = node.nodeName;
  if (!/^[a-z][a-z0-9]*$/.test(name)) throw new Error(`${name} is no element.`);
  if (name === 'button' || name === 'script') return '';
  const attributes = node.attributes.filter(isHarmless).map(attributeHtml).join('');
  const rel = name === 'a' ? ' rel="noopener noreferrer"' : '';
  const start = `<${name}${attributes}${rel}>`;
  if (voidElements.has(name)) return start;
  return `${start}${Array.from(node.childNodes, htmlOf).join('')}</${name}>`;
}

interface Attribute {
  name: string;
  value: string;
}

function isHarmless({ name, value }: Attribute): boolean {
  if (name === 'href') return safeAddress(value) !== undefined;
  if (name === 'src') return imageData.test(value);
  // Of buttons, which are left out.
  if (value === 'toolbar' || (value === '' && /^(?:aria-description|title)$/.test(name))) return false;
  if (name === 'tabindex' && value === '-1') return false;
  // What the view keeps for its own script.
  if (name.startsWith('data-') && name !== 'data-language') return false;
  return /^[a-z][a-z-]*$/.test(name) && !name.startsWith('on') && name !== 'style';
}

/** An image that is in the page itself. */
const imageData = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]*={0,2}$/;

function attributeHtml({ name, value }: Attribute): string {
  return value === '' ? ` ${name}` : ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`;
}

export function escapeText(text: string): string {
  return (
    text
      .toWellFormed()
      // HTML has no place for these, not even escaped.
      .replace(/(?![\t\n\f\r\u007f-\u009f])\p{Cc}/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}
