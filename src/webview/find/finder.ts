import { computed, type Signal, signal } from '@preact/signals';
import type { Turn } from '../../shared/conversation.ts';
import type { Services } from '../services.ts';
import type { Store } from '../store.ts';
import { describeFind } from './describe.ts';
import { clearPaint, paint, partElement, rangesIn } from './highlights.ts';
import { compile, type Query, type QueryProblem } from './query.ts';
import { type Match, Search, type SearchPorts } from './search.ts';
import { showMatch } from './showMatch.ts';

/** Milliseconds between two looks at what has changed, and between two paints of it. */
const lookMs = 200;
/** Longer selections are no terms. */
const longestSeed = 200;

export type FinderPorts = Pick<Services, 'revealTurn' | 'disclosures' | 'announce'> &
  Omit<SearchPorts, 'changed'> & {
    store: Store;
  };

/** Find in the conversation: what is searched for, what was found, which match is the current one. */
export class Finder {
  readonly isOpen = signal(false);
  /** Grows with every call of `open`: the search box takes the term and the focus. */
  readonly opened = signal(0);
  readonly query: Signal<Query> = signal({
    term: '',
    matchCase: false,
    wholeWord: false,
    isRegex: false,
    codeOnly: false,
  });
  readonly problem: Signal<QueryProblem | undefined> = signal(undefined);
  readonly total = signal(0);
  readonly isRunning = signal(false);
  readonly current: Signal<Match | undefined> = signal(undefined);
  /** The current match's position, from 1; 0 where there is none. */
  readonly position = computed(() => {
    const match = this.current.value;
    return match && this.total.value > 0 ? this.#search.ordinalOf(match) + 1 : 0;
  });
  readonly #ports: FinderPorts;
  readonly #search: Search;
  #timer: ReturnType<typeof setInterval> | undefined;
  #turns: readonly Turn[] | undefined;
  #focusedBefore: Element | null = null;
  /** The term is new: its first match is still to be shown. */
  #seeksFirst = false;
  #said = '';

  constructor(ports: FinderPorts) {
    this.#ports = ports;
    this.#search = new Search({ ...ports, changed: () => this.#changed() });
  }

  /** Opens with what is selected as its term; with the term that it had, nothing moves until the user goes on. */
  open(): void {
    const wasOpen = this.isOpen.value;
    if (!wasOpen) this.#focusedBefore = document.activeElement;
    const seed = selectedText();
    this.isOpen.value = true;
    this.#timer ??= setInterval(() => this.#look(), lookMs);
    if (seed !== '' && seed !== this.query.value.term) this.change({ term: seed });
    else if (!wasOpen) this.#restart({ seeksFirst: false });
    this.opened.value++;
  }

  /** The focus goes back to where it was. */
  close(): void {
    if (!this.isOpen.value) return;
    this.isOpen.value = false;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#search.clear();
    this.current.value = undefined;
    this.total.value = 0;
    clearPaint();
    const before = this.#focusedBefore;
    const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
    (isThere ? before : document.getElementById('composer'))?.focus();
  }

  change(changed: Partial<Query>): void {
    this.query.value = { ...this.query.value, ...changed };
    this.#restart({ seeksFirst: true });
  }

  /** To the next match, or the one before it; past the last one comes the first. */
  step(by: 1 | -1): void {
    const total = this.#search.total;
    if (total === 0) return;
    const match = this.current.value;
    if (!match) this.#goTo(this.#firstFromHere() ?? this.#search.at(0));
    else this.#goTo(this.#search.at((this.#search.ordinalOf(match) + by + total) % total));
  }

  #restart({ seeksFirst }: { seeksFirst: boolean }): void {
    const { value: query } = this.query;
    const compiled = query.term === '' ? undefined : compile(query);
    this.problem.value = compiled?.ok === false ? compiled.problem : undefined;
    this.current.value = undefined;
    this.#seeksFirst = seeksFirst;
    this.#turns = this.#conversation();
    this.#search.start(compiled?.ok ? compiled : undefined, this.#turns, this.#placeOf(this.#turns));
  }

  /** Takes what has come since the last look, and paints what has been drawn since. */
  #look(): void {
    const turns = this.#conversation();
    if (turns !== this.#turns) {
      this.#turns = turns;
      this.#search.update(turns);
    } else this.#paint();
  }

  #changed(): void {
    this.total.value = this.#search.total;
    this.isRunning.value = this.#search.isRunning;
    if (this.#search.isTooSlow) this.problem.value = 'tooSlow';
    if (this.#seeksFirst && this.#search.total > 0) {
      const first = this.#firstFromHere();
      if (first !== undefined || !this.#search.isRunning) {
        this.#seeksFirst = false;
        this.#goTo(first ?? this.#search.at(0));
      }
    }
    // While it goes on, the next look paints: painting costs as much as a slice of searching.
    if (!this.#search.isRunning) this.#paint();
    this.#say();
  }

  #goTo(match: Match | undefined): void {
    this.current.value = match;
    if (!match) return;
    this.#paint();
    void showMatch(match, this.#ports).then(() => this.#paint());
    this.#say();
  }

  /** The first match at or below the top of the view. */
  #firstFromHere(): Match | undefined {
    const transcript = document.querySelector('.scroller');
    const turns = this.#turns ?? [];
    const place = this.#placeOf(turns);
    const id = turns[place]?.id ?? '';
    const slot = transcript?.querySelector(`[data-turn="${CSS.escape(id)}"]`);
    const top = transcript?.getBoundingClientRect().top ?? 0;
    let ordinal = this.#search.countBefore(id);
    for (const { part, ranges } of this.#search.inTurn(id)) {
      const element = slot && partElement(slot, part.key);
      const shown = element ? rangesIn(element, ranges) : [];
      for (let at = 0; at < ranges.length / 2; at++, ordinal++) {
        const box = shown[at]?.getBoundingClientRect();
        if (box && box.bottom > top) return this.#search.at(ordinal);
      }
    }
    return this.#search.at(ordinal);
  }

  /** The position of the turn at the top of the view. */
  #placeOf(turns: readonly Turn[]): number {
    const scroller = document.querySelector('.scroller');
    const top = scroller?.getBoundingClientRect().top ?? 0;
    const slots = [...(scroller?.querySelectorAll<HTMLElement>('[data-turn]') ?? [])];
    const seen = slots.find(slot => slot.getBoundingClientRect().bottom > top);
    return Math.max(
      0,
      turns.findIndex(({ id }) => id === seen?.dataset['turn']),
    );
  }

  #conversation(): readonly Turn[] {
    return this.#ports.store.state?.conversation.turns ?? [];
  }

  #paint(): void {
    const transcript = document.querySelector('.turns');
    if (this.isOpen.value && transcript) paint(transcript, this.#search, this.current.value);
  }

  /** To screen readers: once it is known, and not the same twice. */
  #say(): void {
    if (this.#search.isRunning || this.query.value.term === '') return;
    const sentence = describeFind(this);
    if (sentence === this.#said) return;
    this.#said = sentence;
    this.#ports.announce(sentence);
  }
}

/** One line that is selected in the conversation or in a field. */
function selectedText(): string {
  const field = document.activeElement;
  const text =
    field instanceof HTMLTextAreaElement
      ? field.value.slice(field.selectionStart, field.selectionEnd)
      : (getSelection()?.toString() ?? '');
  const trimmed = text.trim();
  return trimmed.includes('\n') || trimmed.length > longestSeed ? '' : trimmed;
}
