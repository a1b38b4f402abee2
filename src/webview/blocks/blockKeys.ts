/**
 * The arrow keys in a block of code and in a table: up to what can be done with it, along that, and down again. A table's
 * heads, which sort it, stand between it and its buttons.
 */
export function listenForBlockKeys(root: HTMLElement): void {
  root.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(event.target instanceof Element)) return;
    const levels = levelsAround(event.target);
    const next = levels && nextPlace(levels, event.target, event.key);
    if (!next) return;
    event.preventDefault();
    // The buttons stay in sight for as long as their code does; scrolled to, they would take the reader to its start.
    next.focus({ preventScroll: true });
  });
}

/** The places for the keyboard, from the block itself upwards, each with those beside it. */
function levelsAround(place: Element): HTMLElement[][] | undefined {
  const block = place.closest('.code-block, .table-wrapper');
  if (!(block instanceof HTMLElement)) return undefined;
  const seen = (selector: string): HTMLElement[] =>
    [...block.querySelectorAll<HTMLElement>(selector)].filter(element => element.checkVisibility());
  const levels = block.matches('.code-block')
    ? [seen('pre, .diagram'), seen('[data-code]')]
    : [[block], seen('thead :is(th, td)'), seen('[data-table]')];
  return levels.filter(level => level.length > 0);
}

function nextPlace(levels: readonly HTMLElement[][], from: Element, key: string): HTMLElement | undefined {
  const level = levels.findIndex(places => places.some(place => place === from));
  const places = levels[level];
  if (!places) return undefined;
  const at = places.findIndex(place => place === from);
  switch (key) {
    case 'ArrowUp':
      return levels[level + 1]?.[0];
    case 'ArrowDown':
      return level > 0 ? levels[level - 1]?.[0] : undefined;
    default:
      return level === 0 ? undefined : besides(places, at, key);
  }
}

function besides(places: readonly HTMLElement[], at: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowRight':
      return places[(at + 1) % places.length];
    case 'ArrowLeft':
      return places.at(at - 1);
    case 'Home':
      return places[0];
    case 'End':
      return places.at(-1);
    default:
      return undefined;
  }
}
