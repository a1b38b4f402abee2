import type { Match, Search } from './search.ts';
import { type Piece, shownText } from './shownText.ts';

/** The names of the highlights, as in find.css. */
const allName = 'find-match';
const currentName = 'find-current';
/** More in the document than anybody can see. */
const mostShown = 2_000;

/**
 * The ranges of the matches in the part that `element` shows: nothing where it does not show them, because it is closed
 * or has grown since it was searched.
 */
export function rangesIn(element: Element, ranges: readonly number[]): (Range | undefined)[] {
  const pieces: Piece[] = [];
  const { text } = shownText(element, pieces);
  const found: (Range | undefined)[] = [];
  let piece = 0;
  for (let at = 0; at < ranges.length; at += 2) {
    const start = ranges[at] ?? 0;
    const end = ranges[at + 1] ?? 0;
    if (end > text.length) {
      found.push(undefined);
      continue;
    }
    while (endOf(pieces[piece]) <= start && piece < pieces.length - 1) piece++;
    let last = piece;
    while (endOf(pieces[last]) < end && last < pieces.length - 1) last++;
    const [from, to] = [pieces[piece], pieces[last]];
    if (!from || !to) found.push(undefined);
    else found.push(range(from, start, to, end));
  }
  return found;
}

/** Paints all matches that are in the document, and the current one in another colour. The document stays as it is. */
export function paint(transcript: Element, search: Search, current: Match | undefined): void {
  const all: Range[] = [];
  let currentRange: Range | undefined;
  for (const slot of transcript.querySelectorAll<HTMLElement>('[data-turn]')) {
    const turnId = slot.dataset['turn'] ?? '';
    for (const { part, ranges } of search.inTurn(turnId)) {
      const element = partElement(slot, part.key);
      if (!element || all.length > mostShown) continue;
      for (const [index, found] of rangesIn(element, ranges).entries()) {
        if (!found) continue;
        const isCurrent =
          current?.turnId === turnId && current.part.key === part.key && current.start === ranges[2 * index];
        if (isCurrent) currentRange = found;
        else all.push(found);
      }
    }
  }
  CSS.highlights.set(allName, new Highlight(...all));
  CSS.highlights.set(currentName, new Highlight(...(currentRange ? [currentRange] : [])));
}

export function clearPaint(): void {
  CSS.highlights.delete(allName);
  CSS.highlights.delete(currentName);
}

export function partElement(slot: Element, key: string): Element | null {
  return slot.querySelector(`[data-find="${CSS.escape(key)}"]`);
}

function endOf(piece: Piece | undefined): number {
  return piece ? piece.start + piece.node.data.length : 0;
}

function range(from: Piece, start: number, to: Piece, end: number): Range {
  const made = document.createRange();
  // The pieces were read from the document itself.
  made.setStart(from.node as unknown as Text, Math.max(0, start - from.start));
  made.setEnd(to.node as unknown as Text, Math.max(0, end - to.start));
  return made;
}
