import type { Turn } from '../../shared/conversation.ts';
import type { Surroundings } from '../markdown/surroundings.ts';
import { MarkdownText } from './markdownText.ts';
import { type Part, partsOf } from './parts.ts';
import { matchesIn, type Pattern } from './query.ts';
import type { ShownText } from './shownText.ts';

/** The matches in one part: start, end, start, end. */
export interface PartMatches {
  part: Part;
  ranges: number[];
}

/** One match, by where it is in the conversation. */
export interface Match {
  turnId: string;
  part: Part;
  start: number;
  end: number;
}

/** More than this are not counted. */
export const mostMatches = 10_000;

export interface SearchPorts {
  around: Surroundings;
  /** Puts work off, so that keys and frames come first; returns what calls it off. */
  later: (work: () => void) => () => void;
  /** Milliseconds on any clock. */
  now: () => number;
  /** After matches were found or lost. */
  changed: () => void;
}

/** Milliseconds of work at a time. */
const sliceMs = 6;

/**
 * The matches of a pattern in a whole conversation: what it shows, in the document or not. Works in slices, from the
 * turn where the reader is, and searches again only turns that have changed.
 */
export class Search {
  readonly #ports: SearchPorts;
  #turns: readonly Turn[] = [];
  #pattern: Pattern | undefined;
  #isTooSlow = false;
  /** By turn; of the version that was searched. */
  #found = new Map<string, { turn: Turn; parts: PartMatches[]; count: number }>();
  readonly #texts = new Map<string, MarkdownText>();
  #total = 0;
  #cancel: (() => void) | undefined;

  constructor(ports: SearchPorts) {
    this.#ports = ports;
  }

  get total(): number {
    return this.#total;
  }

  get isRunning(): boolean {
    return this.#cancel !== undefined;
  }

  /** The pattern was given up. */
  get isTooSlow(): boolean {
    return this.#isTooSlow;
  }

  /** Begins anew with another pattern, at the turn at `from`. */
  start(pattern: Pattern | undefined, turns: readonly Turn[], from: number): void {
    this.#pattern = pattern;
    this.#isTooSlow = false;
    this.#found = new Map();
    this.#total = 0;
    this.update(turns, from);
  }

  /** Takes the conversation as it is now. */
  update(turns: readonly Turn[], from = turns.length - 1): void {
    this.#turns = turns;
    const ids = new Set(turns.map(({ id }) => id));
    for (const [id, { count }] of this.#found) {
      if (ids.has(id)) continue;
      this.#found.delete(id);
      this.#total -= count;
    }
    this.#cancel?.();
    this.#cancel = undefined;
    const work = this.#work(Math.max(0, from));
    const slice = (): void => {
      this.#cancel = undefined;
      const endsAt = this.#ports.now() + sliceMs;
      let isDone = false;
      while (!isDone && this.#ports.now() < endsAt) isDone = work.next().done === true;
      if (!isDone) this.#cancel = this.#ports.later(slice);
      this.#ports.changed();
    };
    slice();
  }

  /** Forgets everything: what a long conversation shows takes as much room as its texts. */
  clear(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#texts.clear();
    this.#found.clear();
    this.#turns = [];
    this.#total = 0;
  }

  /** The matches of a turn, in the order of its parts. */
  inTurn(turnId: string): readonly PartMatches[] {
    return this.#found.get(turnId)?.parts ?? [];
  }

  /** How many matches stand before this one. */
  ordinalOf(match: Match): number {
    let ordinal = 0;
    for (const { id } of this.#turns) {
      if (id !== match.turnId) {
        ordinal += this.#found.get(id)?.count ?? 0;
        continue;
      }
      for (const { part, ranges } of this.inTurn(id)) {
        if (part.key === match.part.key)
          return ordinal + ranges.findIndex((at, index) => index % 2 === 0 && at >= match.start) / 2;
        ordinal += ranges.length / 2;
      }
    }
    return ordinal;
  }

  /** The match at a position among all; undefined beyond them. */
  at(ordinal: number): Match | undefined {
    let left = ordinal;
    for (const { id } of this.#turns) {
      const found = this.#found.get(id);
      if (!found || found.count <= left) {
        left -= found?.count ?? 0;
        continue;
      }
      for (const { part, ranges } of found.parts) {
        const start = ranges[2 * left];
        const end = ranges[2 * left + 1];
        if (start !== undefined && end !== undefined) return { turnId: id, part, start, end };
        left -= ranges.length / 2;
      }
    }
    return undefined;
  }

  /** How many matches stand before a turn. */
  countBefore(turnId: string): number {
    let count = 0;
    for (const { id } of this.#turns) {
      if (id === turnId) return count;
      count += this.#found.get(id)?.count ?? 0;
    }
    return count;
  }

  *#work(from: number): Generator<undefined> {
    const turns = this.#turns;
    for (let step = 0; step < turns.length; step++) {
      const turn = turns[(from + step) % turns.length];
      const before = turn && this.#found.get(turn.id);
      if (!turn || before?.turn === turn) continue;
      const parts: PartMatches[] = [];
      let count = 0;
      for (const part of this.#pattern && !this.#isTooSlow ? partsOf(turn) : []) {
        const shown = yield* this.#shown(turn.id, part);
        const ranges = this.#search(shown, this.#total - (before?.count ?? 0) + count);
        if (ranges.length > 0) parts.push({ part, ranges });
        count += ranges.length / 2;
      }
      this.#found.set(turn.id, { turn, parts, count });
      this.#total += count - (before?.count ?? 0);
      yield;
    }
  }

  #search(shown: ShownText, already: number): number[] {
    if (!this.#pattern || already >= mostMatches) return [];
    const ranges = matchesIn(shown, this.#pattern, mostMatches - already, this.#ports.now);
    if (ranges === undefined) this.#isTooSlow = true;
    return ranges ?? [];
  }

  *#shown(turnId: string, { key, kind, source }: Part): Generator<undefined, ShownText> {
    if (kind === 'code') return { text: source, code: [0, source.length] };
    if (kind === 'plain') return { text: source.replaceAll('\n', ' '), code: [] };
    const name = `${turnId} ${key}`;
    const text = this.#texts.get(name) ?? new MarkdownText(this.#ports.around);
    this.#texts.set(name, text);
    return yield* text.read(source);
  }
}
