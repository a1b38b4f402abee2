import type { PlaceInFile } from '../shared/pathMentions.ts';
import type { ViewMessage } from '../shared/protocol/viewMessage.ts';
import { useCode } from './codeActions.ts';
import type { CompositionGuard } from './composition.ts';

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
    const path = placeOfLink(event.target);
    // A mouse that has selected a part of the text is let go over it as well.
    if (path && getSelection()?.type !== 'Range') post({ type: 'openPath', ...path });
    const button = event.target.closest('[data-code]');
    if (button instanceof HTMLElement) useCode(button, post, announce);
  });
}

/** What a browser does for links by itself and has to be done for paths that became links. */
export function listenForKeys(
  root: HTMLElement,
  post: (message: ViewMessage) => void,
  composition: CompositionGuard,
): void {
  root.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || composition.owns(event) || !(event.target instanceof Element)) return;
    const path = placeOfLink(event.target);
    if (!path) return;
    event.preventDefault();
    post({ type: 'openPath', ...path });
  });
}

/** Where the link leads that `target` is a part of; undefined outside of links. */
function placeOfLink(target: Element): { path: string; place?: PlaceInFile } | undefined {
  const link = target.closest('[data-path][role="link"]');
  const path = link?.getAttribute('data-path');
  if (!link || path === null || path === undefined) return undefined;
  const line = numberOf(link, 'data-line');
  if (line === undefined) return { path };
  const column = numberOf(link, 'data-column');
  const endLine = numberOf(link, 'data-end-line');
  return { path, place: { line, ...(column !== undefined && { column }), ...(endLine !== undefined && { endLine }) } };
}

function numberOf(element: Element, attribute: string): number | undefined {
  const value = element.getAttribute(attribute);
  return value === null ? undefined : Number(value);
}
