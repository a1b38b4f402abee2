/** The places of the theme's chart colours; what has none of its own shares the last, which is grey. */
const seriesCount = 6;

/** The class that colours a name, in every chart the same. The dearest names have colours of their own. */
export function coloursOf(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name, place) => [name, `series-${Math.min(place, seriesCount)}`]));
}
