import type { DomElement, DomNode, DomText } from './dom.ts';

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
  morphAttributes(shown, wanted);
  // Code grows in many text nodes and is rendered as one; both are the same text.
  if (hasOnlyText(shown) && hasOnlyText(wanted) && shown.textContent === wanted.textContent) return true;
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

function morphText(shown: DomText, data: string): void {
  if (shown.data === data) return;
  // A selection survives text that is appended, and not text that is replaced.
  if (data.startsWith(shown.data)) shown.appendData(data.slice(shown.data.length));
  else shown.data = data;
}

function morphAttributes(shown: DomElement, wanted: DomElement): void {
  for (const { name, value } of Array.from(wanted.attributes)) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  for (const { name } of Array.from(shown.attributes)) {
    if (wanted.getAttribute(name) === null) shown.removeAttribute(name);
  }
}

function hasOnlyText(element: DomElement): boolean {
  return element.children.length === 0;
}

function isText(node: DomNode): node is DomText {
  return node.nodeType === 3;
}

function isElement(node: DomNode): node is DomElement {
  return node.nodeType === 1;
}
