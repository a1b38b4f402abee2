import temml from 'temml';
import { mathNamespace, type DomDocument, type DomElement, type DomNode } from '../dom.ts';

/**
 * The element of a formula; undefined where it is no TeX that can be shown, and its source is to be.
 *
 * Why this is safe: nothing is parsed as HTML. `trust: false` and `strict` refuse what makes links, classes, ids, styles
 * and images; `maxExpand` and `maxSize` bound macros and sizes. What comes back is a tree of plain objects, and of it
 * only the elements, attributes and style properties in the lists below are built, as nodes of MathML without scripts
 * or addresses. Styles are set one by one as properties: the page's policy forbids the attribute.
 */
export function renderMath(tex: string, isDisplay: boolean, document: DomDocument): DomElement | undefined {
  try {
    const options = { displayMode: isDisplay, throwOnError: true, trust: false, strict: true, wrap: 'none' } as const;
    const tree = temml.__renderToMathMLTree(tex, { ...options, maxExpand: 200, maxSize: [50, 500] }) as MathTree;
    const builder = new MathBuilder(document);
    const node = builder.build(tree);
    return node?.nodeType === 1 ? (node as DomElement) : undefined;
  } catch {
    return undefined;
  }
}

/** A node as the library makes it: an element with a type, a run of text, or a piece of HTML without a type. */
interface MathTree {
  type?: unknown;
  text?: unknown;
  attributes?: Record<string, unknown>;
  classes?: unknown[];
  style?: Record<string, unknown>;
  children?: MathTree[];
}

/** Formulas of more nodes than this are shown as their source. */
const mostNodes = 4_000;

const elements = new Set(
  (
    'math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle ' +
    'msub msubsup msup mtable mtd mtext mtr munder munderover none semantics'
  ).split(' '),
);
const attributes = new Set(
  (
    'accent accentunder columnalign columnspan depth display displaystyle fence form height largeop linebreak ' +
    'linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits rowspacing ' +
    'rowspan rspace scriptlevel separator stretchy symmetric voffset width'
  ).split(' '),
);
const styles =
  /^(?:border|padding|margin)|^(?:color|display|fontFamily|fontStyle|fontWeight|mathDepth|textAlign|whiteSpace|width)$/;

class MathBuilder {
  readonly #document: DomDocument;
  #nodes = 0;

  constructor(document: DomDocument) {
    this.#document = document;
  }

  /** Throws for formulas that are too large. */
  build(tree: MathTree): DomNode | undefined {
    if (++this.#nodes > mostNodes) throw new Error('The formula is too large.');
    if (typeof tree.text === 'string') return this.#document.createTextNode(tree.text);
    const name = typeof tree.type === 'string' && elements.has(tree.type) ? tree.type : 'mrow';
    const element = this.#document.createElementNS(mathNamespace, name);
    for (const [key, value] of Object.entries(tree.attributes ?? {})) {
      if (attributes.has(key) && !isAddress(value)) element.setAttribute(key, String(value));
    }
    const classes = (tree.classes ?? []).filter(entry => typeof entry === 'string' && entry !== '');
    if (classes.length > 0) element.setAttribute('class', classes.join(' '));
    for (const [key, value] of Object.entries(tree.style ?? {})) {
      if (!styles.test(key) || isAddress(value)) continue;
      element.style.setProperty(
        key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
        String(value),
      );
    }
    for (const child of tree.children ?? []) {
      const node = this.build(child);
      if (node) element.append(node);
    }
    return element;
  }
}

function isAddress(value: unknown): boolean {
  return /url|:\/\//i.test(String(value));
}
