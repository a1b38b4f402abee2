/** What is decided by of a place. */
export interface Placed {
  readonly page: { readonly isSeen: boolean };
}

/** Which place a command means: the one that was used last. `home` is there always, perhaps hidden. */
export class RecentPlaces<Place extends Placed> {
  readonly #home: Place;
  /** The one that was used last comes first. */
  #used: Place[] = [];

  constructor(home: Place) {
    this.#home = home;
  }

  used(place: Place): void {
    this.#used = [place, ...this.#used.filter(known => known !== place)];
  }

  closed(place: Place): void {
    this.#used = this.#used.filter(known => known !== place);
  }

  /** What a command acts on that the user has given to the chat. */
  get active(): Place {
    return this.#used[0] ?? this.#home;
  }

  /**
   * Where to put what a command brings from elsewhere, without taking anything out of sight: a tab that is hidden would
   * cover the code that is asked about.
   */
  get target(): Place {
    return this.#used.find(({ page }) => page.isSeen) ?? this.#home;
  }
}
