import type { DomElement } from '../dom.ts';
import type { Surroundings } from '../surroundings.ts';
import type { MathToken } from './mathSyntax.ts';

/** A formula. Its source stands in an attribute: patching compares it, and copying gives it back. */
export function renderFormula(token: MathToken, isBlock: boolean, around: Surroundings): DomElement {
  const element = around.document.createElement(isBlock ? 'div' : 'span');
  element.setAttribute('dir', 'ltr');
  if (token.isOpen) {
    element.className = token.isDisplay ? 'open-math math-display' : 'open-math';
    element.append(token.text.trim());
    return element;
  }
  element.className = token.isDisplay ? 'math math-display' : 'math';
  element.setAttribute('data-math', token.raw.trim());
  element.append(token.raw.trim());
  around.showFormula(element, token.text, token.isDisplay);
  return element;
}

/** Whether both are the same formula: what stands in it may be drawn in one and not yet in the other. */
export function isSameFormula(shown: DomElement, wanted: DomElement): boolean {
  const source = wanted.getAttribute('data-math');
  return source !== null && shown.getAttribute('data-math') === source && shown.className === wanted.className;
}
