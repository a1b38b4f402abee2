/**
 * What a page says: its title, or else what stands outside of its tags, scripts and styles. Proxies and servers answer
 * with pages where something is wrong. One walk from the front: no tag and no end of a script is looked for twice.
 */
export function wordsOfPage(page: string): string {
  const walk = new PageWalk(page);
  let words = '';
  for (let at = 0; at < page.length;) {
    const open = page.indexOf('<', at);
    const close = open === -1 ? -1 : walk.endOfTag(open);
    if (close === -1) return words + page.slice(at);
    words += `${page.slice(at, open)} `;
    const name = walk.nameAt(open);
    if (name === 'title') {
      const title = walk.titleAt(close);
      if (title !== undefined) return title;
    }
    at = name === 'script' || name === 'style' ? walk.endOf(name, close) : close;
  }
  return words;
}

class PageWalk {
  readonly #page: string;
  /** The elements that have no end from here on. */
  readonly #endless = new Set<string>();

  constructor(page: string) {
    this.#page = page;
  }

  /** The index behind the tag that begins at `open`; -1 where it has no end, nor has any after it. */
  endOfTag(open: number): number {
    return this.#page.indexOf('>', open) + 1 || -1;
  }

  /** The name of the tag at `open`, where it is one that matters. */
  nameAt(open: number): string | undefined {
    named.lastIndex = open + 1;
    return named.exec(this.#page)?.[0].toLowerCase();
  }

  /** The index behind the element's end; `from` where it has none. */
  endOf(name: 'script' | 'style', from: number): number {
    if (this.#endless.has(name)) return from;
    const end = ends[name];
    end.lastIndex = from;
    if (end.test(this.#page)) return end.lastIndex;
    this.#endless.add(name);
    return from;
  }

  titleAt(from: number): string | undefined {
    title.lastIndex = from;
    return title.exec(this.#page)?.[1];
  }
}

const named = /(?:title|script|style)/iy;
const ends = { script: /<\/script\s*>/gi, style: /<\/style\s*>/gi };
const title = /([^<]*)<\/title>/iy;
