import { signal, type Signal } from '@preact/signals';

/** What the user has opened or closed by hand. Kept apart from the components: those come and go with scrolling. */
export class Disclosures {
  readonly #byHand = new Map<string, Signal<boolean | undefined>>();

  /** `part` names what opens in the turn. Undefined for as long as the user has not touched it. */
  of(turnId: string, part: string): Signal<boolean | undefined> {
    const key = `${turnId} ${part}`;
    const known = this.#byHand.get(key);
    if (known) return known;
    const untouched = signal<boolean | undefined>(undefined);
    this.#byHand.set(key, untouched);
    return untouched;
  }
}
