import type { FoundKind, FoundPlace, FoundSecret } from '../../shared/clearance.ts';
import { ExcerptFollower } from '../context/excerptAt.ts';
import type { Found } from './found.ts';
import type { TextPlace } from './requestTexts.ts';

/** A text of a request, and what was found in it. */
export interface SearchedText {
  text: string;
  place: TextPlace;
  found: readonly Found[];
}

/** A secret with the first places where it stands. */
export interface LocatedSecret {
  secret: string;
  kind: FoundKind;
  places: FoundPlace[];
  morePlaces: number;
}

/** Places of one secret that are told. */
const mostPlaces = 3;

/** What was found, each secret once, in the order of the request. */
export function locate(searched: readonly SearchedText[]): LocatedSecret[] {
  const located = new Map<string, LocatedSecret>();
  for (const { text, place, found } of searched) {
    if (found.length === 0) continue;
    const lines = new LineFollower(text, place);
    for (const { kind, start, end } of found) {
      const secret = text.slice(start, end);
      const known = located.get(secret) ?? { secret, kind, places: [], morePlaces: 0 };
      located.set(secret, known);
      if (known.places.length < mostPlaces) known.places.push(lines.at(start));
      else known.morePlaces++;
    }
  }
  return [...located.values()];
}

/** Goes through a text once, however many places in it are asked for, in order. */
class LineFollower {
  readonly #text: string;
  readonly #place: TextPlace;
  readonly #excerpts = new ExcerptFollower();
  #line = 0;
  /** Where the next line begins. */
  #next = 0;
  #current: FoundPlace = { part: 'message', line: 1 };

  constructor(text: string, place: TextPlace) {
    this.#text = text;
    this.#place = place;
  }

  at(offset: number): FoundPlace {
    while (this.#next <= offset) this.#step();
    return this.#current;
  }

  #step(): void {
    const end = this.#text.indexOf('\n', this.#next);
    const line = this.#text.slice(this.#next, end === -1 ? undefined : end);
    this.#next = end === -1 ? Infinity : end + 1;
    this.#line++;
    const isOfUser = this.#place.part === 'text' && this.#place.role === 'user';
    const excerpt = isOfUser ? this.#excerpts.next(line) : undefined;
    this.#current = excerpt
      ? { part: 'file', name: excerpt.path, line: excerpt.line }
      : { ...shownPart(this.#place), line: this.#line };
  }
}

function shownPart(place: TextPlace): Omit<FoundPlace, 'line'> {
  switch (place.part) {
    case 'text':
      if (place.role === 'assistant') return { part: 'answer' };
      return { part: place.isLast ? 'message' : 'earlierMessage' };
    case 'document':
      return { part: 'file', name: place.title };
    case 'toolCall':
    case 'toolResult':
      return { part: place.part, name: place.call };
    case 'system':
    case 'tools':
      return { part: place.part };
  }
}

/** As the view gets it: with no more of the secret than tells it from others. */
export function shownSecret({ secret, kind, places, morePlaces }: LocatedSecret): FoundSecret {
  const characters = kind === 'privateKey' ? '-----BEGIN'.length : Math.min(4, Math.floor(secret.length / 4));
  return { kind, masked: `${secret.slice(0, characters)}…`, places, morePlaces };
}
