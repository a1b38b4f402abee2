import type { DomElement, DomNode, DomText } from '../markdown/dom.ts';

/** What a reader sees of some elements as one text. */
export interface ShownText {
  /** One line for each paragraph, cell or other block. Line ends inside of prose are spaces, as they are shown. */
  text: string;
  /** Where code stands in it: start, end, start, end. */
  code: number[];
}

/** A text node, and where in the shown text it begins. */
export interface Piece {
  node: DomText;
  start: number;
}

const blocks = new Set(
  'ADDRESS ARTICLE BLOCKQUOTE BR DD DETAILS DIV DL DT H1 H2 H3 H4 H5 H6 HR LI OL P PRE SECTION SUMMARY TABLE TD TH TR UL'.split(
    ' ',
  ),
);
/** What stands there for the reader's hand and not for the eye, or says what the text says already. */
const unread = new Set(['BUTTON', 'INPUT', 'TEXTAREA', 'ANNOTATION']);

/** Reads the text below `root`; both what is in the document and what was drawn beside it give the same. */
export function shownText(root: DomNode, pieces?: Piece[]): ShownText {
  let text = '';
  let breaks = false;
  const code: number[] = [];
  const take = (data: string, isLine: boolean): void => {
    if (data === '') return;
    if (breaks && text !== '') text += '\n';
    breaks = false;
    text += isLine ? data : data.replaceAll('\n', ' ');
  };
  const walk = (node: DomNode, isPreformatted: boolean): void => {
    if (isText(node)) {
      take(node.data, isPreformatted);
      pieces?.push({ node, start: text.length - node.data.length });
      return;
    }
    if (!isElement(node) || isUnread(node)) return;
    const name = node.nodeName.toUpperCase();
    const isBlock = blocks.has(name);
    if (isBlock) breaks = true;
    const start = text.length;
    for (const child of asWritten(node, name)) walk(child, isPreformatted || name === 'PRE');
    if (name === 'CODE' && text.length > start) {
      // A line end before it is not its own.
      const own = text.charAt(start) === '\n' && start > 0 ? start + 1 : start;
      code.push(own, text.length);
    }
    if (isBlock) breaks = true;
  };
  walk(root, false);
  return { text, code };
}

/** The rows of a table are read as they were written, however the reader has sorted them. */
function asWritten(node: DomElement, name: string): DomNode[] {
  const children = Array.from(node.childNodes);
  if (name !== 'TBODY' || node.children[0]?.getAttribute('data-row') == null) return children;
  const place = (row: DomElement): number => Number(row.getAttribute('data-row'));
  return Array.from(node.children).toSorted((a, b) => place(a) - place(b));
}

/** Several shown texts, one below the other. */
export function joined(texts: readonly ShownText[]): ShownText {
  let text = '';
  const code: number[] = [];
  for (const part of texts) {
    if (part.text === '') continue;
    if (text !== '') text += '\n';
    for (const offset of part.code) code.push(text.length + offset);
    text += part.text;
  }
  return { text, code };
}

/** Whether all from `start` to `end` is code. */
export function isCode({ code }: ShownText, start: number, end: number): boolean {
  for (let at = 0; at < code.length; at += 2) {
    if ((code[at] ?? 0) <= start && (code[at + 1] ?? 0) >= end) return true;
  }
  return false;
}

function isUnread(element: DomElement): boolean {
  if (unread.has(element.nodeName.toUpperCase()) || element.getAttribute('aria-hidden') === 'true') return true;
  // A formula is drawn from what is no text: see math.
  return /(?:^|\s)(?:code-header|visually-hidden|math)(?:\s|$)/.test(element.className);
}

function isText(node: DomNode): node is DomText {
  return node.nodeType === 3;
}

function isElement(node: DomNode): node is DomElement {
  return node.nodeType === 1;
}
