/** A file or folder that can be searched for by parts of its path. */
export interface PathEntry {
  /** With `/` between the parts and none at the end. */
  path: string;
  isFolder: boolean;
  uri: string;
}

interface Indexed {
  entry: PathEntry;
  /** What is compared: lower case, and full-width letters as the ordinary ones. */
  text: string;
  /** Its last part, and that without its endings. */
  name: string;
  stem: string;
  letters: number;
}

/** Lifts what is open over what fits as well, and not over a name that is typed out. */
const openBonus = 35;

/**
 * Paths, ready to be searched at every key: 50,000 of them answer within a frame. What a path must have is a cheap
 * test of one number, so that hardly any is looked at letter by letter.
 */
export class PathIndex {
  readonly #indexed: Indexed[];
  /** What fitted the last query: of a longer one that begins with it, nothing else can fit. */
  #last: { wanted: string; fitting: Indexed[] } | undefined;

  constructor(entries: readonly PathEntry[]) {
    this.#indexed = entries.map(entry => {
      const text = comparable(entry.path);
      const name = text.slice(text.lastIndexOf('/') + 1);
      return {
        entry,
        text,
        name,
        stem: name.replace(/(?<!^)\..*$/, ''),
        letters: lettersOf(entry.isFolder ? `${text}/` : text),
      };
    });
  }

  get size(): number {
    return this.#indexed.length;
  }

  /** The best first. `open` has the paths of what is open in the editor. */
  search(query: string, limit: number, open: ReadonlySet<string> = new Set()): PathEntry[] {
    const wanted = comparable(query).replace(/\\/g, '/').replace(/^\/+/, '');
    if (wanted === '') return [];
    const letters = lettersOf(wanted);
    const best = new Best(limit);
    const searched = this.#last && wanted.startsWith(this.#last.wanted) ? this.#last.fitting : this.#indexed;
    const fitting: Indexed[] = [];
    for (const indexed of searched) {
      if ((indexed.letters & letters) !== letters) continue;
      const rank = rankOf(indexed, wanted);
      if (rank === undefined) continue;
      fitting.push(indexed);
      const { entry } = indexed;
      best.add(entry, rank + (open.has(entry.path) ? openBonus : 0) - entry.path.length / 200);
    }
    this.#last = { wanted, fitting };
    return best.entries;
  }
}

/** The entries of the highest ranks: sorting all that fit takes longer than finding them. */
class Best {
  readonly #limit: number;
  readonly #found: { entry: PathEntry; rank: number }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get entries(): PathEntry[] {
    return this.#found.map(({ entry }) => entry);
  }

  add(entry: PathEntry, rank: number): void {
    const last = this.#found.at(-1);
    if (last && this.#found.length >= this.#limit && !isBefore(entry, rank, last)) return;
    const at = this.#found.findIndex(found => isBefore(entry, rank, found));
    this.#found.splice(at === -1 ? this.#found.length : at, 0, { entry, rank });
    if (this.#found.length > this.#limit) this.#found.pop();
  }
}

function isBefore(entry: PathEntry, rank: number, other: { entry: PathEntry; rank: number }): boolean {
  return rank > other.rank || (rank === other.rank && entry.path < other.entry.path);
}

function rankOf({ text, name, stem, entry }: Indexed, wanted: string): number | undefined {
  const isFolder = entry.isFolder ? -5 : 0;
  // Who types a slash at the end looks for a folder.
  const end = entry.isFolder && wanted.endsWith('/') ? '/' : '';
  if (name + end === wanted) return 300 + isFolder;
  if (stem === wanted) return 260;
  const inName = bestPlace(name + end, wanted);
  if (inName !== undefined) return 200 + inName + isFolder;
  const inPath = bestPlace(text + end, wanted);
  if (inPath !== undefined) return 150 + inPath + isFolder;
  const scatteredInName = scattered(name, wanted);
  if (scatteredInName !== undefined) return 80 + scatteredInName + isFolder;
  const scatteredInPath = scattered(text + end, wanted);
  return scatteredInPath === undefined ? undefined : scatteredInPath + isFolder;
}

/** How good the best place is where `wanted` stands in one piece, up to 50; undefined where there is none. */
function bestPlace(text: string, wanted: string): number | undefined {
  let best: number | undefined;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const score = at === 0 ? 50 : isWordStart(text, at) ? 30 : 10;
    if (best === undefined || score > best) best = score;
    if (best >= 30) break;
  }
  return best;
}

/** How well the letters of `wanted` stand in `text` in their order, up to 60; undefined where they don't. */
function scattered(text: string, wanted: string): number | undefined {
  let at = -1;
  let score = 0;
  for (let index = 0; index < wanted.length; index++) {
    const letter = wanted.charAt(index);
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return undefined;
    // A letter that begins a word counts more than the next one of the same kind, as long as the rest still follows.
    const start = next === at + 1 ? next : wordStartOf(text, letter, next, wanted.slice(index + 1));
    if (start === at + 1) score += 2;
    else if (isWordStart(text, start)) score += 3;
    at = start;
  }
  return Math.min(60, (score / wanted.length) * 20);
}

function wordStartOf(text: string, letter: string, from: number, rest: string): number {
  for (let at = from; at !== -1; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return follows(text, at + 1, rest) ? at : from;
  }
  return from;
}

function follows(text: string, from: number, rest: string): boolean {
  let at = from;
  for (const letter of rest) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || '/._- '.includes(text.charAt(at - 1));
}

function comparable(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** A bit for each of the letters and digits in a text; other scripts share the rest of the bits. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    letters |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26 + (code % 6));
  }
  return letters;
}
