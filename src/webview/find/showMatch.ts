import type { Services } from '../services.ts';
import { partElement, rangesIn } from './highlights.ts';
import type { Match } from './search.ts';

/** How far from the top a match is shown, as a share of the view, and pixels that the search box may cover. */
const restingShare = 0.3;
const coveredTop = 84;
const edge = 24;
/** Frames until all that was opened, one after the other, is drawn. */
const mostFrames = 8;

/** Brings a match into view: its turn into the document, what is closed around it opened. */
export async function showMatch(
  match: Match,
  { revealTurn, disclosures }: Pick<Services, 'revealTurn' | 'disclosures'>,
): Promise<void> {
  for (let frame = 0; frame < mostFrames;) {
    const slot = revealTurn(match.turnId);
    const element = slot && partElement(slot, match.part.key);
    // A long text is drawn over more of them than can be known.
    if (element?.getAttribute('aria-busy') !== 'true') frame++;
    const [range] = element ? rangesIn(element, [match.start, match.end]) : [];
    if (slot && range) {
      openAround(range, slot);
      scrollTo(range, slot);
      return;
    }
    const closed = match.part.opens.find(name => disclosures.of(match.turnId, name).value !== true);
    if (closed !== undefined) disclosures.of(match.turnId, closed).value = true;
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
}

/** Opens what no component renders: `details`, code blocks that are folded, and the source behind a diagram. */
function openAround(range: Range, slot: Element): void {
  for (let at = range.startContainer.parentElement; at && at !== slot; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
    if (!at.matches('.code-block')) continue;
    at.querySelector<HTMLElement>('button[aria-expanded="false"]')?.click();
    if (at.querySelector('.diagram') && !at.hasAttribute('data-source')) {
      at.querySelector<HTMLElement>('[data-code="source"]')?.click();
    }
  }
}

function scrollTo(range: Range, slot: Element): void {
  const scroller = slot.closest('.scroller');
  if (!scroller) return;
  const sideways = range.startContainer.parentElement?.closest('pre, .table-wrapper');
  if (sideways) {
    const [box, view] = [range.getBoundingClientRect(), sideways.getBoundingClientRect()];
    if (box.left < view.left + edge || box.right > view.right - edge) {
      sideways.scrollLeft += box.left - view.left - view.width / 2;
    }
  }
  const [box, view] = [range.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const isSeen = box.top >= view.top + coveredTop && box.bottom <= view.bottom - edge;
  if (!isSeen) scroller.scrollTop += box.top - view.top - view.height * restingShare;
}
