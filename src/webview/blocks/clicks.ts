import type { PlaceInFile } from '../../shared/pathMentions.ts';
import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import { useCode } from './codeActions.ts';
import type { CompositionGuard } from '../ui/composition.ts';
import { otherEnd } from './footnoteLinks.ts';
import { sortByColumn, useTable } from './tableActions.ts';

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
    if (followFootnote(event.target)) return;
    const path = placeOfLink(event.target);
    // A mouse that has selected a part of the text is let go over it as well.
    const hasSelected = getSelection()?.type === 'Range';
    if (path && !hasSelected) post({ ...opening(path), ...besideOn(event) });
    const button = event.target.closest('[data-code]');
    if (button instanceof HTMLElement) useCode(button, post, announce);
    const tool = event.target.closest('[data-table]');
    if (tool instanceof HTMLElement) useTable(tool, post, announce);
    const head = event.target.closest(headCell);
    if (head instanceof HTMLTableCellElement && !path && !hasSelected) sortByColumn(head, announce);
  });
}

const headCell = '.table-wrapper thead :is(th, td)';

/** What a browser does for links and buttons by itself and has to be done for paths and heads of tables. */
export function listenForKeys(
  root: HTMLElement,
  post: (message: ViewMessage) => void,
  announce: (sentence: string) => void,
  composition: CompositionGuard,
): void {
  root.addEventListener('keydown', event => {
    if (composition.owns(event) || !(event.target instanceof Element)) return;
    if (
      /^(?:Enter| )$/.test(event.key) &&
      event.target instanceof HTMLTableCellElement &&
      event.target.matches(headCell)
    ) {
      event.preventDefault();
      sortByColumn(event.target, announce);
    }
    if (event.key !== 'Enter') return;
    if (followFootnote(event.target)) {
      event.preventDefault();
      return;
    }
    const path = placeOfLink(event.target);
    if (!path) return;
    event.preventDefault();
    post({ ...opening(path), ...besideOn(event) });
  });
}

/** With Ctrl, or Cmd, a path opens beside the editor, as elsewhere in the workbench. */
function besideOn({ ctrlKey, metaKey }: MouseEvent | KeyboardEvent): { isBeside?: true } {
  return ctrlKey || metaKey ? { isBeside: true } : {};
}

/** Goes to the other end of the footnote whose mark `target` is; false where it is none, or there is no other end. */
function followFootnote(target: Element): boolean {
  const mark = target.closest('[data-footnote][role="link"]');
  const marks = mark?.closest('.markdown')?.querySelectorAll<HTMLElement>('[data-footnote]');
  const end = mark instanceof HTMLElement && marks ? otherEnd(mark, marks) : undefined;
  if (!end) return false;
  for (let folded = end.closest('details'); folded; folded = folded.parentElement?.closest('details') ?? null) {
    folded.open = true;
  }
  end.scrollIntoView({ block: 'center' });
  end.focus({ preventScroll: true });
  return true;
}

/** What can become a link to a place in the workspace. */
export const linkable = '[data-path], [data-symbol]';

export type LinkTarget = { path: string; place?: PlaceInFile } | { symbol: string };

function opening(target: LinkTarget) {
  return 'symbol' in target
    ? ({ type: 'openSymbol', name: target.symbol } as const)
    : ({ type: 'openPath', ...target } as const);
}

/** Where the link leads that `target` is a part of; undefined outside of links. */
export function placeOfLink(target: Element): LinkTarget | undefined {
  const link = target.closest(`:is(${linkable})[role="link"]`);
  const symbol = link?.getAttribute('data-symbol');
  if (symbol) return { symbol };
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
