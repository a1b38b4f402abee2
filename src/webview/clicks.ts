import type { ViewMessage } from '../shared/protocol.ts';
import { t } from './l10n.ts';

/**
 * Clicks on what the Markdown renderer made. One listener for all of it: blocks are patched while they grow, and a
 * patched element would keep the listener of another.
 */
export function listenForClicks(
  root: HTMLElement,
  post: (message: ViewMessage) => void,
  announce: (sentence: string) => void,
): void {
  root.addEventListener('click', event => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest('a[href]');
    if (link) {
      event.preventDefault();
      // The page around the view listens for links as well and would open this one a second time.
      event.stopPropagation();
      post({ type: 'openLink', href: link.getAttribute('href') ?? '' });
      return;
    }
    const button = event.target.closest('[data-code]');
    if (button instanceof HTMLElement) useCode(button, post, announce);
  });
}

function useCode(
  button: HTMLElement,
  post: (message: ViewMessage) => void,
  announce: (sentence: string) => void,
): void {
  const block = button.closest('.code-block');
  const code = block?.querySelector('code');
  const text = code?.textContent ?? '';
  const language = code?.getAttribute('data-language') ?? '';
  const action = button.getAttribute('data-code') ?? '';
  switch (action) {
    case 'copy':
      post({ type: 'copy', text });
      showCopied(button);
      announce(t('Copied'));
      return;
    case 'wrap':
      button.setAttribute('aria-pressed', String(block?.classList.toggle('wrapped') ?? false));
      return;
    case 'insert':
    case 'newFile':
    case 'terminal':
      post({ type: 'useCode', action, text, language });
  }
}

/** Shows for a moment that a copy button has done its work. */
export function showCopied(button: HTMLElement): void {
  button.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => button.classList.replace('codicon-check', 'codicon-copy'), 1500);
}
