import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import { t } from '../ui/l10n.ts';
import { readersOwn } from '../markdown/morph.ts';
import { formatCount } from '../ui/numberText.ts';

/** Does what a button in a code block's header is for. */
export function useCode(
  button: HTMLElement,
  post: (message: ViewMessage) => void,
  announce: (sentence: string) => void,
): void {
  const block = button.closest('.code-block');
  const code = block?.querySelector('code');
  if (!block || !code) return;
  const text = code.textContent;
  const language = code.getAttribute('data-language') ?? '';
  const action = button.getAttribute('data-code') ?? '';
  switch (action) {
    case 'copy':
      post({ type: 'copy', text });
      showCopied(button);
      announce(t('Copied'));
      return;
    case 'wrap':
      press(button, block, 'data-wrapped');
      return;
    case 'source':
      press(button, block, 'data-source');
      return;
    case 'collapse':
      collapse(block, button, text);
      return;
    case 'apply':
      post({ type: 'applyCode', text, info: block.getAttribute('data-info') ?? '', lineBefore: lineBefore(block) });
      return;
    case 'insert':
    case 'newFile':
    case 'terminal':
      post({ type: 'useCode', action, text, language });
  }
}

/** Shows for a moment that a copy button has done its work. */
export function showCopied(button: HTMLElement): void {
  const icon = [...button.classList].find(name => name.startsWith('codicon-')) ?? '';
  if (icon === 'codicon-check') return;
  button.classList.replace(icon, 'codicon-check');
  setTimeout(() => button.classList.replace('codicon-check', icon), 1500);
}

function collapse(block: Element, toggle: HTMLElement, text: string): void {
  const isCollapsed = block.toggleAttribute('data-collapsed');
  const language = block.querySelector('.code-language')?.textContent ?? '';
  const lines = text.split('\n').length;
  const expand = lines === 1 ? t('Expand (1 line)') : t('Expand ({0} lines)', formatCount(lines));
  const label = isCollapsed ? expand : t('Collapse');
  toggle.setAttribute('aria-expanded', String(!isCollapsed));
  toggle.setAttribute('title', label);
  toggle.setAttribute('aria-label', language === '' ? label : `${label}: ${language}`);
  // Without its code the block has no other place for Tab to stop at.
  toggle.setAttribute('tabindex', isCollapsed ? '0' : '-1');
  toggle.setAttribute(readersOwn, 'aria-expanded title aria-label tabindex');
  keep(block, 'data-collapsed');
}

/** Gives the block what the button stands for, or takes it away. */
function press(button: HTMLElement, block: Element, attribute: string): void {
  button.setAttribute('aria-pressed', String(block.toggleAttribute(attribute)));
  button.setAttribute(readersOwn, 'aria-pressed');
  keep(block, attribute);
}

function keep(element: Element, attribute: string): void {
  const kept = new Set(element.getAttribute(readersOwn)?.split(' '));
  element.setAttribute(readersOwn, [...kept.add(attribute)].join(' '));
}

/** Characters of the line before a block that are handed on: longer ones name no file. */
const longestLineBefore = 400;

/** What stands right above a block, where an answer names the file that the code is for. */
function lineBefore(block: Element): string {
  let text = '';
  for (let node = block.previousSibling; node && text.trim() === ''; node = node.previousSibling) {
    // Another block of code says nothing about this one.
    if (node instanceof Element && node.matches('.code-block')) return '';
    text = node.textContent ?? '';
    // In a list item the words of a line are several nodes.
    while (node.previousSibling && !isBlock(node) && !isBlock(node.previousSibling)) {
      node = node.previousSibling;
      text = (node.textContent ?? '') + text;
    }
  }
  return text.trim().split('\n').at(-1)?.slice(-longestLineBefore) ?? '';
}

function isBlock(node: Node): boolean {
  return node instanceof Element && node.matches('p, h3, h4, h5, h6, ul, ol, blockquote, div, hr');
}
