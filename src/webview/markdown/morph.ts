import { type DomElement, type DomNode, type DomText, isElement, isText } from './dom.ts';
import { isSameFormula } from './math/mathElement.ts';

/**
 * Makes `shown` equal to `wanted` with as few changes as a walk from the front finds, and says whether it could: nodes
 * that are the same keep their identity, and with it the reader's selection, focus and sideways scroll position.
 */
export function morph(shown: DomNode, wanted: DomNode): boolean {
  if (shown.nodeType !== wanted.nodeType || shown.nodeName !== wanted.nodeName) return false;
  if (isText(shown) && isText(wanted)) {
    morphText(shown, wanted.data);
    return true;
  }
  if (!isElement(shown) || !isElement(wanted)) return false;
  if (canBeFormula.test(wanted.nodeName) && wanted.className.startsWith('math')) return isSameFormula(shown, wanted);
  morphAttributes(shown, wanted);
  // Code grows in many text nodes, has colours later, and is rendered as one text; all are the same text.
  const isCode = shown.nodeName === 'CODE' && hasOnlyText(wanted);
  if (isCode && shown.textContent === wanted.textContent) return true;
  morphChildren(shown, Array.from(wanted.childNodes), 0);
  return true;
}

/** Makes the children of `parent` from `start` on equal to `wanted`. */
export function morphChildren(parent: DomElement, wanted: DomNode[], start: number): void {
  for (const [index, node] of wanted.entries()) {
    const old = parent.childNodes[start + index];
    if (!old) parent.appendChild(node);
    else if (!morph(old, node)) parent.replaceChild(node, old);
  }
  for (let index = parent.childNodes.length - 1; index >= start + wanted.length; index--) {
    const extra = parent.childNodes[index];
    if (extra) parent.removeChild(extra);
  }
}

const canBeFormula = /^(?:SPAN|DIV)$/;

/** Makes what `shown` says from the character `from` on equal to `data`. */
export function morphText(shown: DomText, data: string, from = 0): void {
  const old = shown.data.slice(from);
  if (old === data) return;
  // A selection survives text that is appended, and not text that is replaced.
  if (data.startsWith(old)) shown.appendData(data.slice(old.length));
  else {
    // A browser lays out what stands before the change from what it knows.
    const same = commonLength(old, data);
    shown.replaceData(from + same, old.length - same, data.slice(same));
  }
}

function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

/** By name: a browser would make a node for every attribute that is asked for as an object. */
function morphAttributes(shown: DomElement, wanted: DomElement): void {
  const kept = shown.getAttribute(readersOwn)?.split(' ') ?? [];
  const names = wanted.getAttributeNames().filter(name => !isFolding(shown, name));
  for (const name of names) {
    const value = wanted.getAttribute(name) ?? '';
    if (shown.getAttribute(name) !== value && !kept.includes(name)) shown.setAttribute(name, value);
  }
  for (const name of shown.getAttributeNames()) {
    if (isFolding(shown, name)) continue;
    if (!names.includes(name) && name !== readersOwn && !kept.includes(name)) shown.removeAttribute(name);
  }
}

/** Once a text that folds is shown, whether it is unfolded is the reader's. */
function isFolding({ nodeName }: DomElement, attribute: string): boolean {
  return nodeName === 'DETAILS' && attribute === 'open';
}

/** Names the attributes that the reader has set, such as of a block that is collapsed: text that arrives keeps them. */
export const readersOwn = 'data-readers-own';

function hasOnlyText(element: DomElement): boolean {
  return element.children.length === 0;
}
