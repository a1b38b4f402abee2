import { type ReadonlySignal, signal } from '@preact/signals';
import type { Turn } from '../../shared/conversation.ts';
import type { FollowEnd } from './followEnd.ts';
import type { Anchor } from './anchor.ts';
import { heldElements } from './held.ts';
import { TurnHeights } from './heights.ts';
import { topOf, turnsBetween } from './range.ts';

/** Heights of the view above and below it in which turns are in the document before they are seen. */
const overscan = 1;
/** Pixels of a view whose size is not known yet. */
const unknownView = { width: 400, height: 900 };

/**
 * Which turns are in the document: those near what is seen, the last one, and those that the reader holds by focus or
 * selection. What the reader looks at stays where it is while heights become known.
 */
export class TurnWindow {
  /** Ids of the turns that belong into the document. */
  readonly mounted: ReadonlySignal<ReadonlySet<string>>;
  readonly #mounted = signal<ReadonlySet<string>>(new Set());
  readonly #heights = new TurnHeights(unknownView.width);
  #turns: readonly Turn[] = [];
  #scroller: HTMLElement | undefined;
  #follow: FollowEnd | undefined;
  /** What has to stand where it was once the document has changed. */
  #anchor: Anchor | undefined;
  readonly #sizes = new ResizeObserver(entries => this.#measured(entries));

  constructor() {
    this.mounted = this.#mounted;
  }

  /** The turns as they are now; to be called before they are drawn. */
  setTurns(turns: readonly Turn[]): void {
    if (turns === this.#turns) return;
    const [first] = this.#turns;
    const isLonger = first !== undefined && turns[0]?.id !== first.id && turns.some(({ id }) => id === first.id);
    const seen = isLonger && !this.#follow?.isFollowing.peek() ? (this.#anchor ?? this.anchor) : undefined;
    this.#turns = turns;
    // Turns that have come before it push what the reader sees down.
    if (seen) this.#mountAt(seen);
    else this.update();
  }

  has(turnId: string): boolean {
    return this.#turns.some(({ id }) => id === turnId);
  }

  heightOf(turn: Turn): number {
    return this.#heights.of(turn);
  }

  /** From now on the elements are there. */
  attach(scroller: HTMLElement, follow: FollowEnd): () => void {
    this.#scroller = scroller;
    this.#follow = follow;
    this.#heights.setWidth(scroller.clientWidth);
    const onScroll = (): void => this.update();
    scroller.addEventListener('scroll', onScroll, { passive: true });
    const view = new ResizeObserver(() => {
      this.#heights.setWidth(scroller.clientWidth);
      this.update();
    });
    view.observe(scroller);
    this.update();
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      view.disconnect();
      this.#sizes.disconnect();
      this.#scroller = undefined;
    };
  }

  /** Puts a turn into the document and the view there; the reader is no longer followed to the end. */
  reveal(anchor: Anchor): void {
    if (!this.#scroller || !this.has(anchor.turnId)) return;
    this.#mountAt(anchor);
    this.keepPlace();
  }

  /** The element of a turn; undefined where it is not in the document. */
  slotOf(turnId: string): HTMLElement | undefined {
    return this.#slots().find(slot => slot.dataset['turn'] === turnId);
  }

  /** What the reader sees first; undefined where there is no turn in the view. */
  get anchor(): Anchor | undefined {
    const scroller = this.#scroller;
    if (!scroller) return undefined;
    const top = scroller.getBoundingClientRect().top;
    for (const slot of this.#slots()) {
      const box = slot.getBoundingClientRect();
      if (box.bottom > top && box.top < top + scroller.clientHeight) {
        return { turnId: slot.dataset['turn'] ?? '', offset: box.top - top };
      }
    }
    return undefined;
  }

  /** Decides anew which turns belong into the document. */
  update(): void {
    const scroller = this.#scroller;
    if (!scroller || this.#follow?.isFollowing.peek()) {
      this.#mount(Number.POSITIVE_INFINITY);
      return;
    }
    this.#mount(scroller.scrollTop);
  }

  /** After the document has changed: what the reader looked at is put back to where it was. */
  keepPlace(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (this.#follow?.isFollowing.peek()) this.#anchor = undefined;
    const anchor = this.#anchor;
    for (const slot of this.#slots()) {
      this.#sizes.observe(slot);
      const height = slot.getBoundingClientRect().height;
      if (height > 0) this.#heights.measure(slot.dataset['turn'] ?? '', height);
      if (!anchor || slot.dataset['turn'] !== anchor.turnId) continue;
      this.#anchor = undefined;
      const moved = slot.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.offset;
      if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
    }
    if (this.#anchor && !this.#mounted.peek().has(this.#anchor.turnId)) this.#anchor = undefined;
    // What has become known may bring other turns near; where the place is still to come, it is not known yet.
    if (!this.#anchor) this.update();
  }

  #mountAt(anchor: Anchor): void {
    const index = this.#turns.findIndex(({ id }) => id === anchor.turnId);
    this.#anchor = anchor;
    this.#mount(topOf(this.#allHeights(), index) - anchor.offset);
  }

  #mount(wantedTop: number): void {
    if (this.#turns.length === 0) return;
    const heights = this.#allHeights();
    const view = this.#scroller?.clientHeight || unknownView.height;
    const total = topOf(heights, heights.length);
    const top = Math.max(0, Math.min(wantedTop, total - view));
    const { first, last } = turnsBetween(heights, top - overscan * view, top + (1 + overscan) * view);
    const ids = new Set(this.#turns.slice(first, last + 1).map(({ id }) => id));
    for (const id of this.#held()) ids.add(id);
    const lastTurn = this.#turns.at(-1);
    if (lastTurn) ids.add(lastTurn.id);
    const before = this.#mounted.peek();
    if (ids.size === before.size && [...ids].every(id => before.has(id))) return;
    if (!this.#follow?.isFollowing.peek()) this.#anchor ??= this.anchor;
    this.#mounted.value = ids;
  }

  #allHeights(): number[] {
    return this.#turns.map(turn => this.#heights.of(turn));
  }

  #slots(): HTMLElement[] {
    return [...(this.#scroller?.querySelectorAll<HTMLElement>('[data-turn]') ?? [])];
  }

  #held(): string[] {
    const scroller = this.#scroller;
    if (!scroller) return [];
    return heldElements().flatMap(element => {
      const id = element.closest<HTMLElement>('[data-turn]')?.dataset['turn'];
      return id === undefined || !scroller.contains(element) ? [] : [id];
    });
  }

  #measured(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const height = borderBoxSize[0]?.blockSize ?? 0;
      const id = target instanceof HTMLElement ? target.dataset['turn'] : undefined;
      if (id !== undefined && height > 0) this.#heights.measure(id, height);
    }
  }
}
