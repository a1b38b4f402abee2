/** The first and the last turn, by index and inclusive, that have something between two heights. */
export interface Range {
  first: number;
  last: number;
}

/**
 * Which turns stand between `top` and `bottom`, in pixels from the start of the first one. A place beyond the ends
 * means the first or the last turn. `heights` must not be empty.
 */
export function turnsBetween(heights: readonly number[], top: number, bottom: number): Range {
  let first = -1;
  let last = 0;
  let start = 0;
  heights.forEach((height, index) => {
    if (first === -1 && start + height > top) first = index;
    if (start < bottom) last = index;
    start += height;
  });
  if (first === -1) first = heights.length - 1;
  return { first, last: Math.max(first, last) };
}

/** Pixels from the start of the first turn to the start of this one. */
export function topOf(heights: readonly number[], index: number): number {
  let top = 0;
  for (let before = 0; before < index; before++) top += heights[before] ?? 0;
  return top;
}

/** What a list is made of: items in the document, and gaps in place of those that are not, each as large as they are. */
export type Slot = { kind: 'shown'; index: number } | { kind: 'gap'; first: number; last: number; size: number };

/** `isShown` tells of an item by its index; `sizes` are of any unit. */
export function slotsOf(sizes: readonly number[], isShown: (index: number) => boolean): Slot[] {
  const slots: Slot[] = [];
  sizes.forEach((size, index) => {
    if (isShown(index)) {
      slots.push({ kind: 'shown', index });
      return;
    }
    const before = slots.at(-1);
    if (before?.kind === 'gap') {
      before.last = index;
      before.size += size;
    } else {
      slots.push({ kind: 'gap', first: index, last: index, size });
    }
  });
  return slots;
}
